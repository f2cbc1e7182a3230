//! Organizations, settings, members, invitations, roles.
