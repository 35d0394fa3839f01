//! Drawing: shapes of own numbers and own words, as SVG that stands in the page.
//! Nothing from outside is ever drawn: names stand beside a picture, never in it.

use std::fmt::{Arguments, Write};

use minijinja::Value;

/// A picture in the making.
pub(super) struct Svg(String);

impl Svg {
    /// A picture so many units wide and high, told by the elements of these ids: what it
    /// is, and what it says.
    pub(super) fn told(width: usize, height: usize, class: &str, title: &str, note: &str) -> Svg {
        let role = format!("role=\"img\" aria-labelledby=\"{title}\" aria-describedby=\"{note}\"");
        Svg::new(width, height, class, &role)
    }

    /// One that says nothing that the words beside it do not say.
    pub(super) fn beside(width: usize, height: usize, class: &str) -> Svg {
        Svg::new(width, height, class, "aria-hidden=\"true\"")
    }

    fn new(width: usize, height: usize, class: &str, role: &str) -> Svg {
        Svg(format!("<svg class=\"{class}\" {role} focusable=\"false\" viewBox=\"0 0 {width} {height}\">"))
    }

    /// Fills whatever room there is, in both directions.
    pub(super) fn stretched(mut self) -> Svg {
        self.0.pop();
        self.0.push_str(" preserveAspectRatio=\"none\">");
        self
    }

    /// Adds an element of own numbers and names.
    pub(super) fn draw(&mut self, element: Arguments<'_>) {
        // A string takes whatever it is given.
        let _ = self.0.write_fmt(element);
    }

    /// The picture for the template.
    pub(super) fn done(mut self) -> Value {
        self.0.push_str("</svg>");
        Value::from_safe_string(self.0)
    }
}
