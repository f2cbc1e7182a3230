//! The example is what a newcomer copies first, so it is run.

#[path = "../../examples/standalone.rs"]
mod standalone;

#[test]
fn the_crate_works_alone_as_the_example_shows() {
    let board = standalone::run().expect("the example runs");
    assert_eq!(
        board,
        "Open\n  #2 No coffee (medium)\nIn progress\n  #1 Printer on fire (urgent) #office\nWaiting\nResolved\nClosed\n"
    );
    standalone::main().expect("and prints it");
}
