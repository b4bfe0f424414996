//! Values, expressions and effects from Python's tuples, and back.

use fabula_core::expr::{Arith, Cmp, Effect, Expr, Mode, Over};
use fabula_core::judge::Literal;
use fabula_core::value::{Value, NOBODY, UNBOUND};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyString, PyTuple};

use crate::errors::ProblemError;

/// A value: None, bool, float, or int for a thing.
pub struct Val(pub Value);

impl<'a, 'py> FromPyObject<'a, 'py> for Val {
    type Error = PyErr;
    fn extract(ob: Borrowed<'a, 'py, PyAny>) -> PyResult<Val> {
        Ok(Val(if ob.is_none() {
            Value::Unknown
        } else if let Ok(b) = ob.cast::<PyBool>() {
            Value::Bool(b.is_true())
        } else if let Ok(x) = ob.cast::<PyFloat>() {
            Value::Number(x.extract()?)
        } else {
            Value::Entity(ob.extract()?)
        }))
    }
}

impl<'py> IntoPyObject<'py> for Val {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(match self.0 {
            Value::Unknown => py.None().into_bound(py),
            Value::Bool(b) => PyBool::new(py, b).to_owned().into_any(),
            Value::Number(x) => PyFloat::new(py, x).into_any(),
            Value::Entity(e) => e.into_pyobject(py)?.into_any(),
        })
    }
}

/// The things of a grounding; None is nobody known.
pub struct Things(pub Vec<u32>);

impl<'a, 'py> FromPyObject<'a, 'py> for Things {
    type Error = PyErr;
    fn extract(ob: Borrowed<'a, 'py, PyAny>) -> PyResult<Things> {
        let mut out = Vec::new();
        for item in ob.try_iter()? {
            let item = item?;
            out.push(if item.is_none() {
                NOBODY
            } else {
                item.extract()?
            });
        }
        Ok(Things(out))
    }
}

/// Things for Python: nobody known is None.
pub fn things(list: &[u32]) -> Vec<Option<u32>> {
    list.iter().map(|&x| (x < UNBOUND).then_some(x)).collect()
}

fn wrong(what: &str, ob: &Bound<'_, PyAny>) -> PyErr {
    ProblemError::new_err(format!("{what}: {ob}"))
}

fn parts<'py>(ob: &Bound<'py, PyAny>) -> PyResult<(String, Bound<'py, PyTuple>)> {
    let tuple = ob
        .cast::<PyTuple>()
        .map_err(|_| wrong("an expression or effect must be a tuple", ob))?;
    if tuple.is_empty() {
        return Err(wrong("an expression or effect must not be empty", ob));
    }
    let tag = tuple.get_item(0)?;
    let tag = tag
        .cast::<PyString>()
        .map_err(|_| wrong("an expression or effect begins with its name", ob))?;
    Ok((tag.to_cow()?.into_owned(), tuple.clone()))
}

/// An expression from nested tuples.
pub struct Ex(pub Expr);

impl<'a, 'py> FromPyObject<'a, 'py> for Ex {
    type Error = PyErr;
    fn extract(ob: Borrowed<'a, 'py, PyAny>) -> PyResult<Ex> {
        expr(&ob).map(Ex)
    }
}

fn exprs(ob: &Bound<'_, PyAny>) -> PyResult<Vec<Expr>> {
    ob.try_iter()?.map(|e| expr(&e?)).collect()
}

fn expr(ob: &Bound<'_, PyAny>) -> PyResult<Expr> {
    let (tag, t) = parts(ob)?;
    let arity = match tag.as_str() {
        "?" => 0,
        "bool" | "num" | "entity" | "var" | "and" | "or" | "not" | "known" => 1,
        "if" | "exists" | "forall" | "sum" | "product" | "within" => 3,
        _ => 2,
    };
    if t.len() != arity + 1 {
        return Err(wrong(&format!("\"{tag}\" takes {arity} parts"), ob));
    }
    let at = |i: usize| t.get_item(i);
    let sub = |i: usize| expr(&at(i)?);
    let boxed = |i: usize| -> PyResult<Box<Expr>> { Ok(Box::new(sub(i)?)) };
    let compare = |op| -> PyResult<Expr> { Ok(Expr::Compare(op, boxed(1)?, boxed(2)?)) };
    let arith = |op| -> PyResult<Expr> { Ok(Expr::Arith(op, boxed(1)?, boxed(2)?)) };
    let over = |kind| -> PyResult<Expr> {
        Ok(Expr::Over(
            kind,
            at(1)?.extract()?,
            at(2)?.extract()?,
            boxed(3)?,
        ))
    };
    Ok(match tag.as_str() {
        "?" => Expr::Const(Value::Unknown),
        "bool" => Expr::Const(Value::Bool(at(1)?.extract()?)),
        "num" => Expr::Const(Value::Number(at(1)?.extract()?)),
        "entity" => Expr::Const(Value::Entity(at(1)?.extract()?)),
        "var" => Expr::Var(at(1)?.extract()?),
        "fluent" => Expr::Fluent(at(1)?.extract()?, exprs(&at(2)?)?),
        "and" => Expr::And(exprs(&at(1)?)?),
        "or" => Expr::Or(exprs(&at(1)?)?),
        "not" => Expr::Not(boxed(1)?),
        "==" => compare(Cmp::Eq)?,
        "!=" => compare(Cmp::Ne)?,
        "<" => compare(Cmp::Lt)?,
        "<=" => compare(Cmp::Le)?,
        ">" => compare(Cmp::Gt)?,
        ">=" => compare(Cmp::Ge)?,
        "believes" => Expr::Believes(boxed(1)?, boxed(2)?),
        "is" => Expr::Is(boxed(1)?, at(2)?.extract()?),
        "exists" => over(Over::Exists)?,
        "forall" => over(Over::Forall)?,
        "sum" => over(Over::Sum)?,
        "product" => over(Over::Product)?,
        "if" => Expr::If(boxed(1)?, boxed(2)?, boxed(3)?),
        "+" => arith(Arith::Add)?,
        "-" => arith(Arith::Sub)?,
        "*" => arith(Arith::Mul)?,
        "/" => arith(Arith::Div)?,
        "known" => Expr::Known(boxed(1)?),
        "within" => Expr::Within(boxed(1)?, boxed(2)?, at(3)?.extract()?),
        _ => return Err(wrong("no such expression", ob)),
    })
}

/// An effect from nested tuples.
pub struct Ef(pub Effect);

impl<'a, 'py> FromPyObject<'a, 'py> for Ef {
    type Error = PyErr;
    fn extract(ob: Borrowed<'a, 'py, PyAny>) -> PyResult<Ef> {
        effect(&ob).map(Ef)
    }
}

fn effects(ob: &Bound<'_, PyAny>) -> PyResult<Vec<Effect>> {
    ob.try_iter()?.map(|e| effect(&e?)).collect()
}

fn effect(ob: &Bound<'_, PyAny>) -> PyResult<Effect> {
    let (tag, t) = parts(ob)?;
    let at = |i: usize| {
        t.get_item(i)
            .map_err(|_| wrong(&format!("\"{tag}\" has too few parts"), ob))
    };
    Ok(match tag.as_str() {
        "set" => Effect::Set(at(1)?.extract()?, exprs(&at(2)?)?, expr(&at(3)?)?),
        "if" => Effect::If(expr(&at(1)?)?, effects(&at(2)?)?),
        "forall" => Effect::Forall(at(1)?.extract()?, at(2)?.extract()?, effects(&at(3)?)?),
        "believe" => Effect::Believe {
            chain: exprs(&at(1)?)?,
            fluent: at(2)?.extract()?,
            args: exprs(&at(3)?)?,
            value: expr(&at(4)?)?,
            mode: match at(5)?.extract::<String>()?.as_str() {
                "set" => Mode::Set,
                "told" => Mode::Told,
                "not" => Mode::Not,
                _ => return Err(wrong("a belief effect is \"set\", \"told\" or \"not\"", ob)),
            },
            inside: at(6)?.extract()?,
        },
        "absent" => Effect::Absent {
            who: expr(&at(1)?)?,
            fluent: at(2)?.extract()?,
            place: expr(&at(3)?)?,
        },
        _ => return Err(wrong("no such effect", ob)),
    })
}

/// What a literal is about: operator, fluent, things, needed value, actual value.
type About = (&'static str, Option<u32>, Vec<Option<u32>>, Val, Val);
/// Grounding, conjunct, what it is about, chain of believers.
pub type LiteralTuple = (usize, usize, About, Vec<u32>);

/// A literal for Python.
pub fn literal(l: &Literal) -> LiteralTuple {
    let about = (
        l.op,
        l.fluent,
        things(&l.args),
        Val(l.needed),
        Val(l.actual),
    );
    (l.grounding, l.conjunct, about, l.chain.to_vec())
}
