//! Demo data, made through the services like any other: nothing here writes a row.

mod books;
mod cast;
mod demo;
mod past;
mod work;

use composition::{Adapters, Services};
use kernel::Env;
use platform::Config;

use self::books::Books;
use self::cast::Cast;
pub(crate) use self::demo::{Demo, Person};
use self::past::Past;
use self::work::Work;
use super::Failure;

/// How many days ago everybody was here for the last time.
const LAST_VISIT: f64 = 0.5;

/// How many days ago everybody read what was new.
const ALL_READ: f64 = 6.0;

/// What planting found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Planted {
    Now,
    /// The demo company was there before.
    Before,
    /// Other people live here; nothing was touched.
    Inhabited,
}

/// `api seed --demo`.
pub(crate) async fn run(config: Config) -> Result<(), Failure> {
    let adapters = Adapters::open(&config, Env::system()).await?;
    adapters.database.migrate().await?;
    let services = Services::build(&config, adapters).await?;
    let demo = Demo::read()?;
    let planted = plant(&services, &demo).await;
    services.close().await;
    match planted? {
        Planted::Now => println!("Demo data is there.\n\n{}", accounts(&demo)),
        Planted::Before => println!("Demo data was there before.\n\n{}", accounts(&demo)),
        Planted::Inhabited => {
            return Err("there are people in this database; demo data goes into an empty one only".into());
        }
    }
    Ok(())
}

/// Plants the demo company into an empty installation.
pub(crate) async fn plant(services: &Services, demo: &Demo) -> Result<Planted, Failure> {
    let owner = super::address(&demo.owner.email)?;
    if services.users.find_by_email(&owner).await?.is_some() {
        return Ok(Planted::Before);
    }
    if services.users.anybody().await? {
        return Ok(Planted::Inhabited);
    }
    let past = Past::of(services);
    let mut cast = Cast::assemble(services, demo, &past).await?;
    live(services, &cast, demo, &past).await?;
    past.go(LAST_VISIT).await?;
    cast.come_back(demo).await?;
    past.catch_up().await?;
    Ok(Planted::Now)
}

/// Every act at its time, whosever it is.
async fn live(services: &Services, cast: &Cast<'_>, demo: &Demo, past: &Past) -> Result<(), Failure> {
    let mut work = Work::of(services, cast, demo).await?;
    let mut books = Books::of(services, cast, demo)?;
    let mut all_read = false;
    while let Some(days_ago) = [work.next(), books.next()].into_iter().flatten().max_by(f64::total_cmp) {
        past.go(days_ago).await?;
        if !all_read && days_ago < ALL_READ {
            cast.read_inboxes().await?;
            all_read = true;
        }
        if work.next() == Some(days_ago) {
            work.step().await?;
        } else {
            books.step().await?;
        }
    }
    work.tie().await
}

/// The accounts, one a line, for a terminal.
pub(crate) fn accounts(demo: &Demo) -> String {
    let mut text = format!("  Demo accounts, all with the password  {}\n", demo.password);
    for person in demo.everybody() {
        let factor = if person.second_factor { "  + TOTP" } else { "" };
        text += &format!("    {:<32} {:<8} {}{factor}\n", person.email, person.role, person.name);
    }
    text
}
