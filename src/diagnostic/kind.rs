//! Kinds of diagnostics: the data of a problem, its stable code and its wording.

use super::Severity;

/// A kind of problem with its data. Defined with [`diagnostic_kinds!`], reported with
/// [`Diagnostic::new`](super::Diagnostic::new).
pub trait DiagnosticKind {
    /// The stable name of this kind for programs, in kebab-case: `missing-unit`.
    fn code(&self) -> &'static str;

    /// The severity of every problem of this kind.
    fn severity(&self) -> Severity;

    /// The words that a runner reads.
    fn wording(&self) -> Wording;
}

/// The words of a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// One line that says what is wrong.
    pub message: String,
    /// A few words under the underlined text.
    pub label: String,
    /// What to write or do instead.
    pub help: Option<String>,
}

/// Defines an enum of problems. Each variant holds the data of one kind, followed by its code and its wording:
///
/// ```text
/// diagnostic_kinds! {
///     /// Problems with numbers.
///     pub enum NumberProblem<'a>: Error {
///         MissingUnit { number: &'a str } = "missing-unit" {
///             message: "{} has no unit", quoted(number);
///             label: "seconds, minutes, kilometres?";
///             help: "write `{number}s` or `{number}min`";
///         }
///     }
/// }
/// ```
///
/// The texts are format strings that see the variant's fields, by reference. The enum implements
/// [`DiagnosticKind`] and lists its codes as `CODES`.
macro_rules! diagnostic_kinds {
    (
        $(#[$meta:meta])*
        pub enum $name:ident $(<$life:lifetime>)?: $severity:ident {
            $(
                $(#[$variant_meta:meta])*
                $variant:ident $({ $($field:ident: $type:ty),+ $(,)? })? = $code:literal {
                    message: $message:literal $(, $message_value:expr)*;
                    label: $label:literal $(, $label_value:expr)*;
                    $(help: $help:literal $(, $help_value:expr)*;)?
                }
            )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name $(<$life>)? {
            $($(#[$variant_meta])* $variant $({ $($field: $type),+ })?,)+
        }

        impl $(<$life>)? $name $(<$life>)? {
            /// The code of each kind.
            #[cfg(test)]
            pub const CODES: &'static [&'static str] = &[$($code),+];
        }

        impl $(<$life>)? $crate::diagnostic::kind::DiagnosticKind for $name $(<$life>)? {
            fn code(&self) -> &'static str {
                match self {
                    $($name::$variant { .. } => $code,)+
                }
            }

            fn severity(&self) -> $crate::diagnostic::Severity {
                $crate::diagnostic::Severity::$severity
            }

            fn wording(&self) -> $crate::diagnostic::kind::Wording {
                match self {
                    $($name::$variant $({ $($field),+ })? => $crate::diagnostic::kind::Wording {
                        message: format!($message $(, $message_value)*),
                        label: format!($label $(, $label_value)*),
                        help: [$(format!($help $(, $help_value)*))?].into_iter().next(),
                    },)+
                }
            }
        }
    };
}

pub(crate) use diagnostic_kinds;
