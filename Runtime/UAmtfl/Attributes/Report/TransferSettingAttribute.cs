namespace UAmtfl;

/// <summary>The settings of transfer learning, by the labels that are available of the source, from which is transferred, and of the
/// target, to which is transferred (Pan and Yang 2010, <i>A survey on transfer learning</i>, table 3; Liu, Liang and Gitter, Negative
/// transfer in deep multi-task learning).</summary>
public enum TransferKind
{
    /// <summary>Inductive transfer with labels of source and target: multi-task learning.</summary>
    MultiTask,

    /// <summary>Inductive transfer with labels of the target alone: self-taught learning.</summary>
    SelfTaught,

    /// <summary>Transductive transfer, with labels of the source alone: domain adaptation, sample selection bias, covariate
    /// shift.</summary>
    Transductive,

    /// <summary>Transfer without labels: clustering, reduction of dimensions.</summary>
    Unsupervised,
}

/// <summary>States the setting of transfer learning that a variant, or every variant of an experiment that transfers, is in. It changes
/// no number: the compiler and the data check that it holds, and the report shows it.</summary>
/// <param name="kind">The setting.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TransferSettingAttribute(TransferKind kind) : Attribute
{
    /// <summary>The setting.</summary>
    public TransferKind Kind { get; } = kind;
}
