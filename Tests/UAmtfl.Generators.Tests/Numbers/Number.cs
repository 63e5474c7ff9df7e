using System.Globalization;
using System.Reflection;
using UAmtfl.Generators.Layers;
using UAmtfl.Generators.Methods;
using UAmtfl.Generators.Tests.Names;

namespace UAmtfl.Generators.Tests.Numbers;

/// <summary>A number that a declaration can state: a numeric property of an attribute of the runtime.</summary>
/// <param name="Attribute">The attribute class.</param>
/// <param name="Property">The property of the attribute.</param>
internal sealed record Number(Type Attribute, PropertyInfo Property)
{
    private static readonly Type[] Counted = [typeof(double), typeof(int)];

    /// <summary>All attributes that a declaration can have.</summary>
    public static IReadOnlyList<Type> Language { get; } =
        [
            .. typeof(ExperimentAttribute).Assembly.GetExportedTypes()
                .Where(t =>
                    t.IsSubclassOf(typeof(Attribute)) && !t.IsAbstract && !Described.Descriptions.Contains(t)),
        ];

    /// <summary>The attributes of the weightings, and of the wrappers around a weighting.</summary>
    private static IReadOnlyList<Type> Methods { get; } =
        [
            typeof(UncertaintyAttribute), typeof(WeightingAttribute<>),
            .. Described.Weightings.Concat(Described.Around).Select(w => w.Attribute),
        ];

    /// <summary>All numbers of all attributes that a declaration can have.</summary>
    public static IReadOnlyList<Number> All { get; } = [.. Language.SelectMany(type => Of(type, Counted))];

    /// <summary>All properties of type bool of the attributes that a declaration can have.</summary>
    public static IReadOnlyList<Number> Switches { get; } = [.. Language.SelectMany(type => Of(type, [typeof(bool)]))];

    /// <summary>The name of the attribute as it is written in a declaration, such as <c>Dwa</c>.</summary>
    public string Name => NameOf(Attribute);

    public bool Whole => Property.PropertyType == typeof(int);

    public NumberAttribute Range => Property.GetCustomAttribute<NumberAttribute>()
        ?? throw new Xunit.Sdk.XunitException(
                $"{this} is a number without [Number(…)], which says what it can be and what it is where it is not written: "
                    + "add it to the property");

    /// <summary>True if the number belongs to an attribute of variants rather than of layers, tasks or experiments.</summary>
    public bool OfVariant =>
        Methods.Any(m => m == Attribute) || MethodCatalogue.ReadsScheme(MetadataName) || MethodCatalogue.Penalty(MetadataName) is not null
        || IsOfPlan;

    /// <summary>True if the number is one of the training plan, which is no hyper-parameter.</summary>
    public bool IsOfPlan => Parsing.PlanParser.Attributes.Contains(MetadataName)
        || MetadataName is WellKnownNames.Freeze or WellKnownNames.LearningRateScale;

    /// <summary>True if a network is built with the number, which is no hyper-parameter then.</summary>
    public bool IsOfNetwork => MethodCatalogue.Architecture(MetadataName) is not null
        && Property.Name is not (
            "Rho" or "LearningRateScale" or "Entropy" or "Alpha" or "UnitCost" or "EpochsBetweenSplits" or "SearchEpochs" or "Temperature"
            or "FinalTemperature");

    public bool OfLayer => LayerCatalogue.Find(MetadataName) is not null;

    /// <summary>Values below, at and above each limit of the range. Limits that depend on the number of tasks are not among them; the
    /// tests of rules check those.</summary>
    public IEnumerable<double> Probes
    {
        get
        {
            var (range, step) = (Range, Whole ? 1 : 1e-3);
            double[] all =
            [
                range.Minimum - step, range.Minimum, range.Minimum + step,
                .. double.IsInfinity(range.Maximum)
                    ? [Whole ? range.Minimum + 2 : 1e6]
                    : new[] { range.Maximum - step, range.Maximum, range.Maximum + step },
            ];
            return all.Distinct();
        }
    }

    /// <summary>True if the number can have this value.</summary>
    public bool Accepts(double value) => Range.Contains(value) && (!Whole || value == Math.Floor(value));

    /// <summary>Some value that the number can have.</summary>
    public double Valid => Probes.First(Range.Contains);

    /// <summary>The <c>[Input]</c> in front of the layer that has this number: rows, sequences or images.</summary>
    public string Input(int size) =>
        Attribute == typeof(LinearAttribute) || Attribute == typeof(EmbeddingAttribute) ? $"Input({size})"
        : OfSequences.Contains(Attribute) ? $"Input(1, {size})"
        : $"Input(1, {size}, {size})";

    /// <summary>True if the layer with this number makes rows, so that a network can end with it.</summary>
    public bool MakesRows =>
        Attribute == typeof(LinearAttribute) || Attribute == typeof(LeNet5Attribute) || Attribute == typeof(ResNet18Attribute)
        || Attribute == typeof(ResNet50Attribute) || Attribute == typeof(GruAttribute) || Attribute == typeof(LstmAttribute);

    private static readonly Type[] OfSequences =
    [
        typeof(Conv1dAttribute), typeof(MaxPool1dAttribute), typeof(AvgPool1dAttribute), typeof(GruAttribute), typeof(LstmAttribute),
    ];

    private string MetadataName => Attribute.FullName!;

    /// <summary>Writes the attribute with its required arguments and with this number as given:
    /// <c>MeanConstraint(strength: 0, lambda: -1)</c>.</summary>
    public string Written(string? value) => Written(Attribute, (Property.Name, value));

    public string Written(double value) => Written(Literal(value));

    /// <summary>Writes an attribute with its required arguments, and one property as stated.</summary>
    public static string Written(Type attribute, (string Property, string? Value) stated = default)
    {
        var arguments = new List<string>();
        var left = stated.Value;
        foreach (var parameter in attribute.GetConstructors().Single().GetParameters())
        {
            if (string.Equals(parameter.Name, stated.Property, StringComparison.OrdinalIgnoreCase) && left is not null)
            {
                arguments.Add($"{parameter.Name}: {left}");
                left = null;
            }
            else if (!parameter.IsOptional && Required(attribute, parameter) is { } required)
            {
                arguments.Add(required);
            }
        }

        if (left is not null)
        {
            arguments.Add($"{stated.Property} = {left}");
        }

        return $"{NameOf(attribute)}{(attribute.IsGenericTypeDefinition ? "<Learnt>" : "")}({string.Join(", ", arguments)})";
    }

    public static string Literal(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public override string ToString() => $"{Name}.{Property.Name}";

    private static string NameOf(Type attribute) => attribute.Name.Split('`')[0][..^"Attribute".Length];

    private static IEnumerable<Number> Of(Type type, Type[] kinds) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => kinds.Contains(p.PropertyType))
            .Select(p => new Number(type, p));

    private static string? Required(Type attribute, ParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(string))
        {
            return $"{parameter.Name}: \"A\"";
        }

        if (parameter.ParameterType.IsEnum)
        {
            return $"{parameter.Name}: global::{parameter.ParameterType.FullName}.{Enum.GetNames(parameter.ParameterType)[0]}";
        }

        if (parameter.ParameterType == typeof(double[]))
        {
            return attribute == typeof(ConstantAttribute) ? "1, 1, 1, 1, 1, 1" : null;
        }

        const BindingFlags named = BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase;
        return Counted.Contains(parameter.ParameterType)
            ? $"{parameter.Name}: {Literal(new Number(attribute, attribute.GetProperty(parameter.Name!, named)!).Valid)}"
            : null;
    }
}
