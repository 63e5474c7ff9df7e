using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Emission;

/// <summary>Writes the training plan of a variant. What few declarations have is written only where it is not the default, so that a plan
/// can be read at a glance.</summary>
internal static class PlanWriter
{
    public static void Write(CodeWriter writer, PlanModel plan) => writer.Block("Plan = new()", () =>
    {
        writer.Line($"Epochs = {plan.Epochs}, BatchSize = {plan.BatchSize}, EvaluateEvery = {plan.EvaluateEvery},");
        writer.Line($"Optimizer = global::UAmtfl.Training.OptimizerKind.{plan.Optimizer}, LearningRate = {N(plan.LearningRate)},");
        writer.Line($"Beta1 = {N(plan.Beta1)}, Beta2 = {N(plan.Beta2)}, Epsilon = {N(plan.Epsilon)}, Momentum = {N(plan.Momentum)},");
        writer.Line($"DecayAt = {N(plan.DecayAt)}, DecayFactor = {N(plan.DecayFactor)},");
        foreach (var further in Further(plan, PlanParser.Default))
        {
            writer.Line($"{further},");
        }
    }, "},");

    private static IEnumerable<string> Further(PlanModel plan, PlanModel usual)
    {
        var members = new (string Name, bool Differs, string Value)[]
        {
            ("Nesterov", plan.Nesterov, "true"),
            ("Schedule", plan.Schedule != usual.Schedule, $"global::UAmtfl.Training.ScheduleKind.{plan.Schedule}"),
            ("DecayAlsoAt", plan.DecayAlsoAt.Count > 0, $"[{string.Join(", ", plan.DecayAlsoAt.Select(N))}]"),
            ("DecayFloor", plan.DecayFloor != usual.DecayFloor, N(plan.DecayFloor)),
            ("PlateauPatience", plan.PlateauPatience != usual.PlateauPatience, $"{plan.PlateauPatience}"),
            ("PlateauThreshold", plan.PlateauThreshold != usual.PlateauThreshold, N(plan.PlateauThreshold)),
            ("WarmUp", plan.WarmUp != usual.WarmUp, $"{plan.WarmUp}"),
            ("ClipNorm", plan.ClipNorm != usual.ClipNorm, N(plan.ClipNorm)),
            ("ClipValue", plan.ClipValue != usual.ClipValue, N(plan.ClipValue)),
            ("Accumulate", plan.Accumulate != usual.Accumulate, $"{plan.Accumulate}"),
            ("Patience", plan.Patience != usual.Patience, $"{plan.Patience}"),
            ("Monitor", plan.Monitor is not null, ExperimentWriter.Text(plan.Monitor ?? "")),
            ("TrunkRate", plan.TrunkRate != usual.TrunkRate, N(plan.TrunkRate)),
            ("HeadRate", plan.HeadRate != usual.HeadRate, N(plan.HeadRate)),
            ("FrozenTrunk", plan.FrozenTrunk > 0, Frozen(plan.FrozenTrunk)),
            ("FrozenHeads", plan.FrozenHeads > 0, Frozen(plan.FrozenHeads)),
        };
        return members.Where(m => m.Differs).Select(m => $"{m.Name} = {m.Value}");
    }

    private static string Frozen(int epochs) => epochs == StartParser.Always ? "global::UAmtfl.FreezeAttribute.Always" : $"{epochs}";

    private static string N(double value) => ExperimentWriter.Number(value);
}
