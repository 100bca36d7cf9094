//! `report`: the page.
