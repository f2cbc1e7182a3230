mod role;

pub use role::{CreateRole, Role, UpdateRole};
