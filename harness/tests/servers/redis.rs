use harness::{Place, Redis};

#[tokio::test]
async fn a_redis_of_our_own_forgets_everything_when_it_ends() {
    let place = Place::new("redis").expect("a folder");
    let mut redis = Redis::start(place.folder()).await.expect("started");
    redis.ring("default").await.expect("rung");
    assert_eq!(redis.rings("default").await.expect("an answer"), 1);
    redis.end().await.expect("ended");
    redis.begin().await.expect("started again");
    assert_eq!(redis.rings("default").await.expect("an answer"), 0);
    redis.ring_unheard("default").await.expect("rung and emptied");
    assert_eq!(redis.rings("default").await.expect("an answer"), 0);
}
