use std::net::TcpListener;

use kernel::{Env, Secret};
use platform::{RedisFault, RedisPool};

fn open(url: &str) -> Result<RedisPool, RedisFault> {
    RedisPool::open(&Secret::new(url), RedisPool::PREFIX, &Env::system())
}

#[tokio::test]
async fn a_redis_that_is_away_is_left_alone_after_five_attempts() {
    let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("bound").port();
    let pool = open(&format!("redis://127.0.0.1:{port}")).expect("a valid address");
    for _ in 0..5 {
        assert!(matches!(pool.ping().await, Err(RedisFault::Connect(_))));
    }
    assert!(matches!(pool.ping().await, Err(RedisFault::Resting)));
}

#[tokio::test]
async fn a_redis_that_accepts_and_never_answers_is_given_up() {
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = silent.local_addr().expect("bound").port();
    let pool = open(&format!("redis://127.0.0.1:{port}")).expect("a valid address");
    assert!(pool.ping().await.is_err());
}

#[test]
fn an_address_that_makes_no_sense_is_refused_at_once() {
    assert!(matches!(open("http://localhost"), Err(RedisFault::Address(_))));
}

#[test]
fn an_encrypted_address_is_understood() {
    assert!(open("rediss://:password@cache.example.com:6380/1").is_ok());
}
