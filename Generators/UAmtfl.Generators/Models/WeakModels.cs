namespace UAmtfl.Generators.Models;

/// <summary>The model of the weak supervision of an experiment, from which a <c>WeakDeclaration</c> of the runtime is written.</summary>
/// <param name="Sources">The sources whose votes the data set gives.</param>
/// <param name="Functions">The labelling functions.</param>
/// <param name="Dependencies">The pairs of sources that depend on each other.</param>
/// <param name="HasCondition">True if a method <c>Feasible</c> says which label vectors are feasible.</param>
internal sealed record WeakModel(
    EquatableArray<SourceModel> Sources, EquatableArray<LabellingFunctionModel> Functions, EquatableArray<SourcePair> Dependencies,
    bool HasCondition);

/// <summary>The model of a source of weak labels.</summary>
/// <param name="Name">The name of the source.</param>
/// <param name="Tasks">The label columns of the tasks that it may label.</param>
internal sealed record SourceModel(string Name, EquatableArray<int> Tasks);

/// <summary>The model of two sources that depend on each other.</summary>
internal sealed record SourcePair(string First, string Second);

/// <summary>The kinds of values that a labelling function can return, each of which can be null.</summary>
internal enum VoteKind
{
    /// <summary>The function returns a member of an enum of the hierarchy.</summary>
    Class,

    /// <summary>The function returns true or false for a binary task.</summary>
    Truth,

    /// <summary>The function returns the number of a class.</summary>
    Number,

    /// <summary>The function returns the labels of all tasks.</summary>
    Labels,
}

/// <summary>The model of a labelling function.</summary>
/// <param name="Source">The source that it is.</param>
/// <param name="Method">The name of the method.</param>
/// <param name="Record">The type that the method takes, with global::.</param>
/// <param name="Kind">The kind of value that the method returns.</param>
internal sealed record LabellingFunctionModel(SourceModel Source, string Method, string Record, VoteKind Kind);

/// <summary>The model of how a variant makes its labels, with the members of <c>UAmtfl.WeakSupervision.WeakLabelPlan</c>. A choice is the
/// name of a member of the runtime's enum.</summary>
internal sealed record WeakLabelsModel(
    string Model = "MeTaL", string Dependencies = "Declared", string Balance = "Estimated", EquatableArray<double> Prior = default,
    bool Abstentions = true)
{
    /// <summary>The options in words: <c>WeakLabels(MajorityVote, Balance = Uniform)</c>.</summary>
    public string Label
    {
        get
        {
            var usual = new WeakLabelsModel();
            string?[] options =
            [
                Model == usual.Model ? null : Model,
                Dependencies == usual.Dependencies ? null : $"Dependencies = {Dependencies}",
                Balance == usual.Balance ? null : $"Balance = {Balance}",
                Prior.Count == 0 ? null : "Prior",
                Abstentions == usual.Abstentions ? null : $"Abstentions = {Abstentions}",
            ];
            var stated = string.Join(", ", options.OfType<string>());
            return stated.Length == 0 ? "WeakLabels" : $"WeakLabels({stated})";
        }
    }
}
