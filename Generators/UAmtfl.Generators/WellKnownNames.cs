namespace UAmtfl.Generators;

/// <summary>The runtime's types that the generator looks for. It cannot reference the runtime; a test compares these names with
/// it.</summary>
internal static class WellKnownNames
{
    public const string Experiment = "UAmtfl.ExperimentAttribute";
    public const string Dataset = "UAmtfl.DatasetAttribute`1";
    public const string Training = "UAmtfl.TrainingAttribute";
    public const string Adam = "UAmtfl.AdamAttribute";
    public const string Sgd = "UAmtfl.SgdAttribute";
    public const string StepDecay = "UAmtfl.StepDecayAttribute";

    public const string Binary = "UAmtfl.BinaryAttribute";
    public const string Classification = "UAmtfl.ClassificationAttribute";
    public const string Regression = "UAmtfl.RegressionAttribute";

    /// <summary>Not an attribute: the interface of data sets whose rows are of one task each.</summary>
    internal static string PerTaskDataset => "global::UAmtfl.Data.IPerTaskDataset";

    public const string RegressionFamily = "UAmtfl.RegressionFamilyAttribute";
    public const string BinaryFamily = "UAmtfl.BinaryFamilyAttribute";

    public const string Input = "UAmtfl.InputAttribute";
    public const string Trunk = "UAmtfl.TrunkAttribute`1";
    public const string Network = "UAmtfl.NetworkAttribute";
    public const string Linear = "UAmtfl.LinearAttribute";

    public const string Weighting = "UAmtfl.WeightingAttribute`1";

    /// <summary>What an attribute class carries that is a weighting, or stands around one.</summary>
    public const string WeightingBy = "UAmtfl.WeightingByAttribute`1";
    public const string WeightingAround = "UAmtfl.WeightingAroundAttribute`1";
    public const string TaskName = "UAmtfl.TaskNameAttribute";
    public const string TaskMaximum = "UAmtfl.TaskMaximumAttribute";
    public const string TaskLimit = "UAmtfl.TaskLimitAttribute";
    public const string ChangesFormula = "UAmtfl.ChangesFormulaAttribute";

    /// <summary>The value of a property where it is not written; an attribute of .NET, not of the runtime.</summary>
    internal static string DefaultValue => "System.ComponentModel.DefaultValueAttribute";

    /// <summary>Not attributes: what a weighting of one's own derives from, and what it may implement.</summary>
    internal static IReadOnlyList<string> WeightingBases =>
        [
            "UAmtfl.Weighting.LossWeighting", "UAmtfl.Weighting.GramianWeighting", "UAmtfl.Weighting.JacobianWeighting",
            "UAmtfl.Weighting.CrossWeighting", "UAmtfl.Weighting.BilevelWeighting",
        ];

    internal static string LossesAfterStep => "UAmtfl.Weighting.ILossesAfterStep";

    internal static string LossTransform => "UAmtfl.Weighting.ILossTransform";

    public const string Number = "UAmtfl.NumberAttribute";

    public const string Grid = "UAmtfl.GridAttribute";

    public const string Metric = "UAmtfl.MetricAttribute";

    public const string Reference = "UAmtfl.ReferenceAttribute";
    public const string Baseline = "UAmtfl.BaselineAttribute";
    public const string Proposed = "UAmtfl.ProposedAttribute";
    public const string Control = "UAmtfl.ControlAttribute";
    public const string OnRequest = "UAmtfl.OnRequestAttribute";
}
