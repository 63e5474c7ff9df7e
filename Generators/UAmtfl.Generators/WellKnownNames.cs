namespace UAmtfl.Generators;

/// <summary>The names of the runtime's types that the generator looks for. It cannot reference the runtime; a test compares the names with
/// the runtime's types.</summary>
internal static class WellKnownNames
{
    /// <summary>Returns the metadata name of the attribute of a layer.</summary>
    internal static string Layer(string name) => $"UAmtfl.Layers.{name}Attribute";

    /// <summary>Returns the metadata name of the attribute of an architecture, a transfer, a solver or a penalty.</summary>
    internal static string Method(string name) => $"UAmtfl.Methods.{name}Attribute";

    /// <summary>Returns the name of an attribute without namespace and suffix: <c>Conv2d</c>.</summary>
    internal static string Short(string metadataName)
    {
        var name = metadataName.Substring(metadataName.LastIndexOf('.') + 1);
        return name.Substring(0, name.IndexOf("Attribute", StringComparison.Ordinal));
    }

    /// <summary>The attribute of the library that states the version of its language.</summary>
    public const string LanguageVersion = "UAmtfl.LanguageVersionAttribute";

    /// <summary>The version of the language for which the generator writes code.</summary>
    internal static int Version => 1;

    public const string Experiment = "UAmtfl.ExperimentAttribute";
    public const string Dataset = "UAmtfl.DatasetAttribute`1";
    public const string Table = "UAmtfl.TableAttribute";
    public const string ImageFolder = "UAmtfl.ImageFolderAttribute";
    public const string Column = "UAmtfl.ColumnAttribute";
    public const string Partition = "UAmtfl.PartitionAttribute";
    public const string Training = "UAmtfl.TrainingAttribute";
    public const string Adam = "UAmtfl.AdamAttribute";
    public const string Sgd = "UAmtfl.SgdAttribute";
    public const string StepDecay = "UAmtfl.StepDecayAttribute";
    public const string AdamW = "UAmtfl.AdamWAttribute";
    public const string CosineDecay = "UAmtfl.CosineDecayAttribute";
    public const string ExponentialDecay = "UAmtfl.ExponentialDecayAttribute";
    public const string PlateauDecay = "UAmtfl.PlateauDecayAttribute";
    public const string WarmUp = "UAmtfl.WarmUpAttribute";
    public const string ClipNorm = "UAmtfl.ClipNormAttribute";
    public const string ClipValue = "UAmtfl.ClipValueAttribute";
    public const string Accumulate = "UAmtfl.AccumulateAttribute";
    public const string EarlyStopping = "UAmtfl.EarlyStoppingAttribute";

    public const string Binary = "UAmtfl.BinaryAttribute";
    public const string Classification = "UAmtfl.ClassificationAttribute";
    public const string Regression = "UAmtfl.RegressionAttribute";

    public const string Hierarchy = "UAmtfl.HierarchyAttribute";
    public const string Under = "UAmtfl.UnderAttribute";
    public const string Source = "UAmtfl.SourceAttribute";
    public const string Depends = "UAmtfl.DependsAttribute";
    public const string LabellingFunction = "UAmtfl.LabellingFunctionAttribute";
    public const string WeakLabels = "UAmtfl.WeakLabelsAttribute";

    /// <summary>The data set of an image folder, which is in the package UAmtfl.Images; not an attribute.</summary>
    internal static string ImageFolderDataset => "UAmtfl.Data.ImageFolderDataset";

    internal static string ImageColumn => "UAmtfl.Data.ImageColumn";

    /// <summary>The interface of data sets whose rows belong to one task each; not an attribute.</summary>
    internal static string PerTaskDataset => "global::UAmtfl.Data.IPerTaskDataset";

    /// <summary>The interface of data sets whose rows have records, without its type argument; not an attribute.</summary>
    internal static string RecordDataset => "UAmtfl.Data.IRecordDataset`1";

    /// <summary>The base class of a user's own losses; not an attribute.</summary>
    internal static string TaskLoss => "global::UAmtfl.Losses.TaskLoss";

    public const string RegressionFamily = "UAmtfl.RegressionFamilyAttribute";
    public const string BinaryFamily = "UAmtfl.BinaryFamilyAttribute";

    public const string Input = "UAmtfl.Layers.InputAttribute";
    public const string Trunk = "UAmtfl.Layers.TrunkAttribute`1";
    public const string Network = "UAmtfl.Layers.NetworkAttribute";
    public const string Linear = "UAmtfl.Layers.LinearAttribute";

    public const string Weighting = "UAmtfl.Weightings.WeightingAttribute`1";

    /// <summary>The attribute of attribute classes that declare a weighting.</summary>
    public const string WeightingBy = "UAmtfl.Weightings.WeightingByAttribute`1";
    public const string WeightingAround = "UAmtfl.Weightings.WeightingAroundAttribute`1";
    public const string TaskName = "UAmtfl.Weightings.TaskNameAttribute";
    public const string TaskMaximum = "UAmtfl.Weightings.TaskMaximumAttribute";
    public const string TaskLimit = "UAmtfl.Weightings.TaskLimitAttribute";
    public const string ChangesFormula = "UAmtfl.Weightings.ChangesFormulaAttribute";

    /// <summary>The attribute of .NET that states the default of a property.</summary>
    internal static string DefaultValue => "System.ComponentModel.DefaultValueAttribute";

    /// <summary>The base classes from which a user's weighting can derive; not attributes.</summary>
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
    public const string PreTraining = "UAmtfl.PreTrainingAttribute";
    public const string StartFrom = "UAmtfl.StartFromAttribute";
    public const string TransferSetting = "UAmtfl.TransferSettingAttribute";
    public const string TrainOn = "UAmtfl.TrainOnAttribute";
    public const string Split = "UAmtfl.Layers.SplitAttribute";
    public const string BeginResidual = "UAmtfl.Layers.BeginResidualAttribute";
    public const string EndResidual = "UAmtfl.Layers.EndResidualAttribute";
    public const string Heads = "UAmtfl.Layers.HeadsAttribute";
    public const string Freeze = "UAmtfl.FreezeAttribute";
    public const string LearningRateScale = "UAmtfl.LearningRateScaleAttribute";
}
