using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Penalties;

/// <summary>Reads the attribute of one penalty.</summary>
/// <param name="name">The attribute's name without suffix.</param>
internal abstract class PenaltyReader(string name) : Method($"UAmtfl.{name}Attribute")
{
    /// <summary>True if linear models of the inputs can have the penalty.</summary>
    public virtual bool FitsLinearModels => true;

    /// <summary>The options that say nothing about linear models of the inputs.</summary>
    public virtual IReadOnlyList<string> NetworkOptions => [];

    /// <summary>The penalty; null where the variant cannot have it, which is reported.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="scheme">How the tasks of the variant are related.</param>
    /// <param name="tasks">The tasks.</param>
    public abstract Penalty? Read(AttributeReader attribute, Scheme scheme, TaskSetModel tasks);
}
