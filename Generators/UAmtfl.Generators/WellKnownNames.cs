namespace UAmtfl.Generators;

/// <summary>The runtime's types that the generator looks for. It cannot reference the runtime; a test compares these names with it.</summary>
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

    public const string Uncertainty = "UAmtfl.UncertaintyAttribute";
    public const string SampleWeighting = "UAmtfl.SampleWeightingAttribute";
    public const string Weighting = "UAmtfl.WeightingAttribute`1";

    public const string Equal = "UAmtfl.EqualAttribute";
    public const string Constant = "UAmtfl.ConstantAttribute";
    public const string RandomWeights = "UAmtfl.RandomWeightsAttribute";
    public const string RevisedUncertainty = "UAmtfl.RevisedUncertaintyAttribute";
    public const string Dwa = "UAmtfl.DwaAttribute";
    public const string GeometricMean = "UAmtfl.GeometricMeanAttribute";
    public const string ImtlL = "UAmtfl.ImtlLAttribute";
    public const string Famo = "UAmtfl.FamoAttribute";
    public const string Stch = "UAmtfl.StchAttribute";
    public const string LogStch = "UAmtfl.LogStchAttribute";
    public const string Cosmos = "UAmtfl.CosmosAttribute";
    public const string Pbi = "UAmtfl.PbiAttribute";
    public const string Lbtw = "UAmtfl.LbtwAttribute";

    public const string Mgda = "UAmtfl.MgdaAttribute";
    public const string PcGrad = "UAmtfl.PcGradAttribute";
    public const string GradVac = "UAmtfl.GradVacAttribute";
    public const string CaGrad = "UAmtfl.CaGradAttribute";
    public const string ImtlG = "UAmtfl.ImtlGAttribute";
    public const string Imtl = "UAmtfl.ImtlAttribute";
    public const string NashMtl = "UAmtfl.NashMtlAttribute";
    public const string FairGrad = "UAmtfl.FairGradAttribute";
    public const string AlignedMtl = "UAmtfl.AlignedMtlAttribute";
    public const string ConFig = "UAmtfl.ConFigAttribute";
    public const string GradNorm = "UAmtfl.GradNormAttribute";
    public const string DualProj = "UAmtfl.DualProjAttribute";
    public const string UpGrad = "UAmtfl.UpGradAttribute";
    public const string Krum = "UAmtfl.KrumAttribute";
    public const string GradDrop = "UAmtfl.GradDropAttribute";
    public const string TrimmedMean = "UAmtfl.TrimmedMeanAttribute";
    public const string DbMtl = "UAmtfl.DbMtlAttribute";
    public const string MoCo = "UAmtfl.MoCoAttribute";
    public const string MoDo = "UAmtfl.MoDoAttribute";
    public const string SdmGrad = "UAmtfl.SdmGradAttribute";
    public const string ExcessMtl = "UAmtfl.ExcessMtlAttribute";
    public const string FocusedLearning = "UAmtfl.FocusedLearningAttribute";
    public const string CrMogm = "UAmtfl.CrMogmAttribute";
    public const string Moml = "UAmtfl.MomlAttribute";
    public const string Forum = "UAmtfl.ForumAttribute";
    public const string AutoLambda = "UAmtfl.AutoLambdaAttribute";

    /// <summary>Not attributes: what a weighting of one's own derives from, and what it may implement.</summary>
    internal static IReadOnlyList<string> WeightingBases => ["UAmtfl.Weighting.LossWeighting", "UAmtfl.Weighting.GramianWeighting", "UAmtfl.Weighting.JacobianWeighting", "UAmtfl.Weighting.CrossWeighting", "UAmtfl.Weighting.BilevelWeighting"];

    internal static string LossesAfterStep => "UAmtfl.Weighting.ILossesAfterStep";

    internal static string LossTransform => "UAmtfl.Weighting.ILossTransform";

    public const string L1 = "UAmtfl.L1Attribute";
    public const string L2 = "UAmtfl.L2Attribute";
    public const string GroupLasso = "UAmtfl.GroupLassoAttribute";
    public const string TraceNorm = "UAmtfl.TraceNormAttribute";
    public const string MeanConstraint = "UAmtfl.MeanConstraintAttribute";
    public const string TaskGraph = "UAmtfl.TaskGraphAttribute";
    public const string Dirty = "UAmtfl.DirtyAttribute";
    public const string SparseLowRank = "UAmtfl.SparseLowRankAttribute";
    public const string RobustTasks = "UAmtfl.RobustTasksAttribute";
    public const string FeatureNorm = "UAmtfl.FeatureNormAttribute";

    public const string Number = "UAmtfl.NumberAttribute";

    public const string Grid = "UAmtfl.GridAttribute";

    public const string Metric = "UAmtfl.MetricAttribute";

    public const string Reference = "UAmtfl.ReferenceAttribute";
    public const string Baseline = "UAmtfl.BaselineAttribute";
    public const string Proposed = "UAmtfl.ProposedAttribute";
    public const string Control = "UAmtfl.ControlAttribute";
    public const string OnRequest = "UAmtfl.OnRequestAttribute";
}
