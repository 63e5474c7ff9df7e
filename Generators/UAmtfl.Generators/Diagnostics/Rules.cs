using Microsoft.CodeAnalysis;

namespace UAmtfl.Generators.Diagnostics;

/// <summary>The errors and warnings that the analyzer reports. Each has a page docs/diagnostics/UAMnnn.md, and its number is never given
/// to another.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor NotPartial = Error("UAM001", "A declaration must be partial",
        "'{0}' must be partial, so that the generator can add to it: write '{1}'");

    public static readonly DiagnosticDescriptor BadClass = Error("UAM002", "A declaration must be an ordinary class",
        "'{0}' is {1}, to which the generator cannot add: {2}");

    public static readonly DiagnosticDescriptor NoTask = Error("UAM003", "An experiment needs tasks",
        "'{0}' has no task: declare a nested enum with one member for each task and [Binary], [Classification(k)] or [Regression] on it");

    public static readonly DiagnosticDescriptor DuplicateTask = Error("UAM004", "Task names and values must be unique",
        "Task '{0}' is declared twice: {1}");

    public static readonly DiagnosticDescriptor NoVariant = Error("UAM005", "An experiment needs variants",
        "'{0}' has no variant: declare nested classes such as '[HardSharing] public partial class Mtl;'");

    public static readonly DiagnosticDescriptor TwoOfRole = Error("UAM006", "An experiment has one baseline and one proposed method",
        "'{0}' is marked [{1}], but so is '{2}': keep one");

    public static readonly DiagnosticDescriptor NoSharing = Error("UAM007", "A variant needs a sharing scheme",
        "Variant '{0}' does not say how tasks share the network: add one of {1}");

    public static readonly DiagnosticDescriptor SeveralMethods = Error(
        "UAM008", "A variant has one sharing scheme and one optimiser, and at most one method of each other kind",
        "'{0}' has both [{1}] and [{2}]: keep one");

    public static readonly DiagnosticDescriptor MethodNeedsTasks = Error("UAM009", "A method must fit the tasks",
        "[{0}] cannot be used with task '{1}', which is {2}: {3}");

    public static readonly DiagnosticDescriptor BadLayer = Error("UAM010", "A layer must fit its input",
        "[{0}] does not fit its input of shape {1}: {2}");

    public static readonly DiagnosticDescriptor OutOfRange = Error("UAM011", "A number must be in its range",
        "{0} is {1}; it must be {2}");

    public static readonly DiagnosticDescriptor LiteralRegression = Warn(
        "UAM012", "The literal placement rewards transfer of well-fitted regression tasks",
        "With Placement = Literal the price of transfer of regression task '{0}' turns into a reward once its {1} is "
        + "below 1/e (0.37): use WeightOnly or Reliability");

    public static readonly DiagnosticDescriptor UnknownTrunk = Error("UAM013", "A variant must name a trunk that exists",
        "Variant '{0}' {1}");

    public static readonly DiagnosticDescriptor NoTrunk = Error("UAM014", "An experiment needs a network",
        "'{0}' has no network: declare a nested class with [Input(…)] and its layers");

    public static readonly DiagnosticDescriptor BadTrunk = Error("UAM015", "A trunk starts with its input and ends in a row of features",
        "Trunk '{0}' {1}");

    public static readonly DiagnosticDescriptor NoDataset = Error("UAM016", "An experiment needs a data set",
        "'{0}' has no data set: add [Table(\"file.csv\")], [ImageFolder(\"folder\")], or [Dataset<T>] with a class that implements "
        + "UAmtfl.Data.IDataset");

    public static readonly DiagnosticDescriptor BadName = Error("UAM017", "An experiment's name must be usable on the command line",
        "'{0}' is not a name for the command line: use lower-case letters, digits and hyphens, starting with a letter");

    public static readonly DiagnosticDescriptor ReservedName = Error("UAM018", "Some names are taken by generated code",
        "'{0}' is a name that generated code uses: choose another name for this {1}");

    public static readonly DiagnosticDescriptor TaskWithoutKind = Error("UAM019", "Each task needs a kind",
        "Task '{0}' has no kind: add [Binary], [Classification(k)] or [Regression] to it or to its enum");

    public static readonly DiagnosticDescriptor TaskKinds = Error("UAM020", "A task has one kind, and one-vs-all tasks are all binary",
        "'{0}' {1}");

    public static readonly DiagnosticDescriptor NeedsAsymmetry = Error("UAM021", "An option must have an effect",
        "{0} has no effect here: {1}");

    public static readonly DiagnosticDescriptor BadWeighting = Error(
        "UAM022", "A user's weighting or loss must be a class that its attribute can create",
        "'{0}' cannot be created: {1}");

    public static readonly DiagnosticDescriptor DuplicatePenalty = Error("UAM023", "A penalty is written once for each part",
        "Variant '{0}' has [{1}] twice on {2}: add up their strengths in one");

    public static readonly DiagnosticDescriptor DuplicateExperiment = Error("UAM024", "Experiment names are unique in a program",
        "The experiment '{0}' is declared by '{1}' as well: give one another name", WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor Unreachable = Error(
        "UAM025", "The parts of a network must be as accessible as the network",
        "{0} '{1}' is {2}, but '{3}', which is a public part of its network, is {4}: give both the same accessibility");

    public static readonly DiagnosticDescriptor BadFamily = Error("UAM026", "A family of tasks needs a file of names in the project",
        "The family '{0}' cannot be read: {1}");

    public static readonly DiagnosticDescriptor BadShape = Error("UAM027", "A method must fit the shape of the data",
        "{0} does not fit the data: {1}");

    public static readonly DiagnosticDescriptor BadGrid = Error("UAM028", "A grid must search a hyper-parameter of its variant",
        "The grid of '{0}' cannot be searched: {1}");

    public static readonly DiagnosticDescriptor RivalPenalties = Error(
        "UAM029", "Penalties that are not smooth must have a proximal operator together",
        "Variant '{0}' has [{1}] and [{2}], both {3}: keep one");

    public static readonly DiagnosticDescriptor BadMetric = Error("UAM030", "A headline metric must be defined for the tasks",
        "The metric {0} {1}");

    public static readonly DiagnosticDescriptor NoSharedGradients = Error("UAM031", "A gradient-based weighting needs shared parameters",
        "[{0}] {1}");

    public static readonly DiagnosticDescriptor OneByOne = Rule("UAM032", "A weighting can take one backward pass for each task",
        "[{0}] takes a backward pass for each task: '{1}' {2}, for which there is no batched pass, so that a step takes {3} passes; "
        + "use Site = Representation, or layers that batch",
        DiagnosticSeverity.Info,
        []);

    public static readonly DiagnosticDescriptor UnknownTask = Error("UAM033", "A task that is named must be one of the tasks",
        "[{0}] names '{1}', which is none of the tasks {2}: name one of these, best by nameof(…)");

    public static readonly DiagnosticDescriptor BadTaskNumbers = Error(
        "UAM034", "A list of numbers needs one number for each task or class",
        "[{0}] has {1}");

    public static readonly DiagnosticDescriptor WeightingWithoutBase = Error(
        "UAM035", "A user's weighting must derive from a base class that says what it needs",
        "'{0}' does not say what it needs of a step: derive it from one of {1}");

    public static readonly DiagnosticDescriptor WrongPlace = Error("UAM036", "An attribute must be written where it has an effect",
        "[{0}] has no effect on {1}: {2}");

    public static readonly DiagnosticDescriptor NeitherNetworkNorVariant = Error(
        "UAM037", "A nested partial class must be a network or a variant",
        "'{0}' has no attribute that makes it a network or a variant: "
        + "add [Input(…)] and layers, or a sharing scheme such as [HardSharing], or remove 'partial'");

    public static readonly DiagnosticDescriptor TooLarge = Error("UAM038", "A tensor must have fewer than 2³¹ values",
        "{0} would have {1} values, and a tensor has at most 2147483647: {2}");

    public static readonly DiagnosticDescriptor UnusedNetwork = Warn("UAM039", "A network must be used by a variant",
        "No variant uses the network '{0}': name it with [Network(nameof({0}))] on one, or remove it");

    public static readonly DiagnosticDescriptor ContradictoryPlan = Error("UAM040", "Training attributes must not contradict each other",
        "'{0}' cannot be trained like this: {1}");

    public static readonly DiagnosticDescriptor BadStart = Error("UAM041", "A variant must start from a network that is trained before",
        "'{0}' starts from '{1}', {2}");

    public static readonly DiagnosticDescriptor BadTaskChoice = Error("UAM042", "A variant must be trained on some of the tasks",
        "'{0}' cannot be trained on a choice of the tasks: {1}");

    public static readonly DiagnosticDescriptor BadArchitecture = Error("UAM043", "An architecture must fit its network",
        "{0} does not fit: {1}");

    public static readonly DiagnosticDescriptor BadSetting = Error("UAM044", "A setting of transfer learning must hold",
        "{0} cannot be in the setting {1}: {2}");

    public static readonly DiagnosticDescriptor OtherVersion = Error("UAM045", "Generator and library must have one version",
        "The generator writes code for version {0} of the language, and the library UAmtfl {1}: reference the same version of all "
        + "packages whose names begin with UAmtfl");

    public static readonly DiagnosticDescriptor BadTable = Error("UAM046", "A table must be readable",
        "The table '{0}' cannot be used: {1}");

    public static readonly DiagnosticDescriptor NoColumn = Error("UAM047", "A name of a column must be one of the table's",
        "In '{0}' {1}");

    public static readonly DiagnosticDescriptor BadColumn = Error("UAM048", "A column must fit its task, or be one of inputs",
        "Column '{0}' of '{1}' {2}");

    public static readonly DiagnosticDescriptor BadWidth = Error("UAM049", "A network must take the inputs that the data give",
        "Network '{0}' takes inputs of shape [{1}], and the data give [{2}]: write [Input({2})]");

    public static readonly DiagnosticDescriptor BadPartition = Error("UAM050", "The rows of a table must be split in one way",
        "[Partition] cannot split the rows: {0}");

    public static readonly DiagnosticDescriptor BadHierarchy = Error("UAM051", "The enums of a hierarchy must form trees",
        "'{0}' cannot be a task of a hierarchy: {1}");

    public static readonly DiagnosticDescriptor BadSource = Error("UAM052", "Each source of weak labels must be one that can vote",
        "{0} cannot be used: {1}");

    public static readonly DiagnosticDescriptor BadLabellingFunction = Error(
        "UAM053", "A labelling function must take the record of a row and return a label",
        "'{0}' cannot label rows: {1}");

    public static readonly DiagnosticDescriptor BadFeasible = Error("UAM054", "The feasible label vectors must be few enough to list",
        "The feasible label vectors cannot be listed: {0}");

    public static readonly DiagnosticDescriptor BadWeakLabels = Error("UAM055", "Weak labels need sources, and tasks with classes",
        "'{0}' cannot be trained on weak labels: {1}");

    public static readonly DiagnosticDescriptor BadImageFolder = Error(
        "UAM056", "An image folder needs UAmtfl.Images, and tasks that tell its classes apart",
        "The image folder '{0}' cannot be used: {1}");

    public static readonly IReadOnlyList<DiagnosticDescriptor> All =
    [
        NotPartial, BadClass, NoTask, DuplicateTask, NoVariant, TwoOfRole, NoSharing, SeveralMethods, MethodNeedsTasks, BadLayer,
        OutOfRange,
        LiteralRegression, UnknownTrunk, NoTrunk, BadTrunk, NoDataset, BadName, ReservedName, TaskWithoutKind, TaskKinds, NeedsAsymmetry,
        BadWeighting, DuplicatePenalty, DuplicateExperiment, Unreachable, BadFamily, BadShape, BadGrid, RivalPenalties, BadMetric,
        NoSharedGradients, OneByOne, UnknownTask, BadTaskNumbers, WeightingWithoutBase,
        WrongPlace, NeitherNetworkNorVariant, TooLarge, UnusedNetwork, ContradictoryPlan, BadStart, BadTaskChoice, BadArchitecture,
        BadSetting, OtherVersion, BadTable, NoColumn, BadColumn, BadWidth, BadPartition, BadHierarchy, BadSource,
        BadLabellingFunction, BadFeasible, BadWeakLabels, BadImageFolder,
    ];

    private static DiagnosticDescriptor Error(string id, string title, string message, params string[] tags) =>
        Rule(id, title, message, DiagnosticSeverity.Error, tags);

    private static DiagnosticDescriptor Warn(string id, string title, string message) =>
        Rule(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Rule(string id, string title, string message, DiagnosticSeverity severity, params string[] tags) =>
        new(id, title, message, "UAmtfl", severity, isEnabledByDefault: true, helpLinkUri: $"docs/diagnostics/{id}.md", customTags: tags);
}
