using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Penalties;

/// <summary>The norms that a group of weights can have, named as in <c>UAmtfl.GroupNorm</c>.</summary>
internal enum GroupNorm
{
    One,
    Two,
    Infinity,
}

/// <summary>The ways to form groups of weights, named as in <c>UAmtfl.GroupBy</c>.</summary>
internal enum GroupBy
{
    Feature,
    Task,
}

/// <summary>The penalty λ times the sum of the norms of groups of the heads' weights.</summary>
/// <param name="Strength">The strength λ.</param>
/// <param name="Norm">The norm of a group.</param>
/// <param name="By">The way to form groups.</param>
internal sealed record GroupLasso(HyperModel Strength, GroupNorm Norm, GroupBy By) : HeadPenalty("GroupLasso", [Strength])
{
    public override IReadOnlyList<PenaltyTerm> Terms(VariantFile file)
    {
        var q = Norm switch { GroupNorm.One => "₁", GroupNorm.Two => "₂", _ => "_∞" };
        return [new(By == GroupBy.Task ? $"λ Σ_t ‖w_t‖{q}" : $"λ Σ_i ‖w_i‖{q}")];
    }

    public override Code Proximal => Code.Call($"new {Space}GroupLasso",
        Code.Hyper(Strength.Name), $"global::UAmtfl.GroupNorm.{Norm}", $"global::UAmtfl.GroupBy.{By}");

    public override IReadOnlyList<Code> Project(VariantFile file) =>
        By == GroupBy.Task ? [.. StepByTask(file.Tasks, "Network.HeadWeight", FieldName)] : base.Project(file);

    public override bool StepsAfter(Penalty other) => other is L1;
}

/// <summary>Reads <c>[GroupLasso]</c> into a penalty.</summary>
internal sealed class GroupLassoReader() : HeadPenaltyReader("GroupLasso")
{
    protected override Penalty Read(AttributeReader attribute) => new GroupLasso(
        Hyper(attribute, "strength", "λ of the sum of the groups' norms.", "GroupLasso"),
        attribute.Choice<GroupNorm>("Norm") ?? GroupNorm.Two,
        attribute.Choice<GroupBy>("By") ?? GroupBy.Feature);
}
