//! Building blocks that several screens share.

pub(crate) mod bars;
pub(crate) mod choice;
pub(crate) mod desk;
pub(crate) mod digits;
pub(crate) mod key_hints;
pub(crate) mod large_list;
pub(crate) mod large_text;
pub(crate) mod letters;
pub(crate) mod list_cursor;
pub(crate) mod message;
pub(crate) mod minutes_panel;
pub(crate) mod scroll;
pub(crate) mod text;
pub(crate) mod text_input;
pub(crate) mod toast;
pub(crate) mod typed_line;
pub(crate) mod typeface;
pub(crate) mod zone_times;
