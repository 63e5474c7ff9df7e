using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Penalties;

/// <summary>Reads the attribute of one kind of penalty.</summary>
/// <param name="name">The name of the attribute without suffix.</param>
internal abstract class PenaltyReader(string name) : Method(WellKnownNames.Method(name))
{
    /// <summary>True if linear models of the inputs can have the penalty.</summary>
    public virtual bool FitsLinearModels => true;

    /// <summary>True if the optimiser applies the penalty as weight decay.</summary>
    public virtual bool IsDecay => false;

    /// <summary>The options of the attribute that have no effect on linear models of the inputs.</summary>
    public virtual IReadOnlyList<string> NetworkOptions => [];

    /// <summary>Returns the penalty, or null and a diagnostic if the variant cannot have it.</summary>
    /// <param name="attribute">The attribute of the penalty.</param>
    /// <param name="scheme">The architecture, transfer or solver of the variant.</param>
    /// <param name="tasks">The tasks.</param>
    public abstract Penalty? Read(AttributeReader attribute, Scheme scheme, TaskSetModel tasks);
}
