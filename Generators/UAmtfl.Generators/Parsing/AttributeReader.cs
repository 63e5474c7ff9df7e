using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads the values of one attribute, from constructor or named arguments, and the location of each.</summary>
internal sealed class AttributeReader(AttributeData attribute, ParseContext context)
{
    public ParseContext Context => context;

    /// <summary>The metadata name of the attribute, such as <c>UAmtfl.DatasetAttribute`1</c>.</summary>
    public string MetadataName { get; } = MetadataNameOf(attribute.AttributeClass);

    /// <summary>The name of the attribute as it is written, such as <c>Dataset</c>.</summary>
    public string Name => attribute.AttributeClass!.Name.EndsWith("Attribute", StringComparison.Ordinal)
        ? attribute.AttributeClass.Name.Substring(0, attribute.AttributeClass.Name.Length - "Attribute".Length)
        : attribute.AttributeClass.Name;

    public Location Location => Syntax?.GetLocation() ?? Location.None;

    /// <summary>The type argument of a generic attribute; null if it violates a constraint, which the compiler reports.</summary>
    public INamedTypeSymbol? TypeArgument =>
        attribute.AttributeClass!.TypeArguments.FirstOrDefault() is INamedTypeSymbol type
            && type.Satisfies(attribute.AttributeClass.TypeParameters[0])
            ? type
            : null;

    private AttributeSyntax? Syntax => attribute.ApplicationSyntaxReference?.GetSyntax(context.Cancellation) as AttributeSyntax;

    public static string MetadataNameOf(INamedTypeSymbol? type) => type is null ? ""
        : type.ContainingNamespace is null or { IsGlobalNamespace: true } ? type.MetadataName
        : $"{type.ContainingNamespace.ToDisplayString()}.{type.MetadataName}";

    /// <summary>The version of the language that the library of the attribute states; null if it states none.</summary>
    public int? LanguageVersion => attribute.AttributeClass!.ContainingAssembly is { } library
        && Data(library, WellKnownNames.LanguageVersion) is { ConstructorArguments: [{ Value: int version }] } ? version : null;

    public bool Is(string metadataName) => MetadataName == metadataName;

    /// <summary>True if an argument is written in the attribute.</summary>
    public bool States(string name) => Find(name).Found;

    /// <summary>The public properties of the attribute's class and of those that it derives from.</summary>
    public IEnumerable<IPropertySymbol> Properties
    {
        get
        {
            for (var type = attribute.AttributeClass; type is not null && MetadataNameOf(type) != "System.Attribute"; type = type.BaseType)
            {
                var properties = type.GetMembers().OfType<IPropertySymbol>();
                foreach (var property in properties.Where(p => !p.IsStatic && p.DeclaredAccessibility == Accessibility.Public))
                {
                    yield return property;
                }
            }
        }
    }

    /// <summary>Returns the property of the attribute's class with a name in any case, because a constructor parameter differs in
    /// case.</summary>
    public IPropertySymbol? Property(string name) =>
        Properties.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the attribute with a given metadata name on the class of this attribute; null if there is none.</summary>
    public AttributeReader? Description(string metadataName) => Of(attribute.AttributeClass!, metadataName);

    /// <summary>Returns the attribute with a given metadata name on a symbol; null if there is none.</summary>
    public AttributeReader? Of(ISymbol symbol, string metadataName) => Data(symbol, metadataName) is { } data ? new(data, context) : null;

    /// <summary>Returns the default of a property according to its <c>[DefaultValue]</c>; null if it has none.</summary>
    public static object? Default(IPropertySymbol property) =>
        Data(property, WellKnownNames.DefaultValue) is { ConstructorArguments: { Length: 1 } values }
            && values[0].Kind != TypedConstantKind.Array
            ? values[0].Value
            : null;

    /// <summary>Returns the range and the default of a number, from <c>[Number]</c> on the property of the attribute's class.</summary>
    public (NumberRange Range, double Default) Described(string name)
    {
        if (Property(name) is not { } property || Data(property, WellKnownNames.Number) is not { ConstructorArguments.Length: 2 } number)
        {
            return (new(double.NegativeInfinity), double.NaN);
        }

        object? Named(string key) => number.NamedArguments.FirstOrDefault(a => a.Key == key).Value.Value;
        var minimum = number.ConstructorArguments[0].Value as double? ?? 0;
        var maximum = number.ConstructorArguments[1].Value as double? ?? double.PositiveInfinity;
        return (
            new(minimum, maximum, Named("Above") is true, Named("Below") is true),
            Named("Default") as double? ?? double.NaN);
    }

    /// <summary>Reads a number, or its default if it is not written, and reports one that is out of range.</summary>
    public double Number(string name) => Number(name, Described(name));

    /// <summary>Reads a number whose largest value depends on the declaration, for example on the number of tasks.</summary>
    public double Number(string name, double maximum)
    {
        var (range, fallback) = Described(name);
        return Number(name, (range with { Maximum = Math.Min(range.Maximum, maximum) }, fallback));
    }

    private double Number(string name, (NumberRange Range, double Default) described)
    {
        var (range, fallback) = described;
        var value = Find(name) switch
        {
            (true, { Kind: TypedConstantKind.Primitive, Value: double number }, _) => number,
            (true, { Kind: TypedConstantKind.Primitive, Value: int number }, _) => number,
            _ => fallback,
        };
        if (double.IsNaN(fallback) && !(Find(name) is (true, { Kind: TypedConstantKind.Primitive, Value: double or int }, _)))
        {
            // A missing number here is a missing required argument, which the compiler reports.
            return double.IsInfinity(range.Minimum) ? 0 : range.Minimum;
        }

        if (!range.Contains(value))
        {
            ReportRange(name, value.ToString("R", CultureInfo.InvariantCulture), range.ToString());
        }

        return value;
    }

    /// <summary>Reads a whole number. One that is out of range is replaced by its default, or by the smallest if it has none, so that
    /// later code can rely on the range.</summary>
    public int Integer(string name)
    {
        var (described, value) = (Described(name), Number(name));
        var fallback = double.IsNaN(described.Default) ? described.Range.Minimum : described.Default;
        return (int)(described.Range.Contains(value) ? value : fallback);
    }

    /// <summary>Reads a whole number that has no range, or returns a default if it is not written.</summary>
    public int Whole(string name, int fallback) => Find(name) is (true, { Value: int value }, _) ? value : fallback;

    public bool Flag(string name, bool fallback) => Find(name) is (true, { Value: bool value }, _) ? value : fallback;

    /// <summary>Reads a character; NUL if it is not written.</summary>
    public char Character(string name) => Find(name) is (true, { Value: char value }, _) ? value : '\0';

    /// <summary>Reads the type of an argument <c>typeof(T)</c>; null if none is written.</summary>
    public INamedTypeSymbol? Type(string name) => Find(name).Constant.Value as INamedTypeSymbol;

    public string? Text(string name) => Find(name).Constant.Value as string;

    /// <summary>Reads the member of an enum argument, or null if it is not written, and reports a number that is not a member.</summary>
    public string? Choice(string name)
    {
        if (Find(name) is not (true, { Kind: TypedConstantKind.Enum, Type: { } type, Value: { } value }, _))
        {
            return null;
        }

        var members = type.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue).ToList();
        var member = members.FirstOrDefault(m => Equals(m.ConstantValue, value));
        if (member is null)
        {
            ReportRange(name, $"{value}", $"one of {string.Join(", ", members.Select(m => m.Name))}");
        }

        return member?.Name;
    }

    /// <summary>Reads the member of an enum argument into an enum of the generator with the same names; null if it is not
    /// written.</summary>
    public T? Choice<T>(string name)
        where T : struct, Enum => Enum.TryParse<T>(Choice(name), out var choice) ? choice : null;

    public IReadOnlyList<int> Integers(string name) =>
        Find(name) is (true, { Kind: TypedConstantKind.Array, IsNull: false } array, _)
            ? [.. array.Values.Select(v => v.Value is int i ? i : 0)]
            : [];

    /// <summary>Reads a list of whole numbers, and reports those that are out of a range, which are left out.</summary>
    public IReadOnlyList<int> Integers(string name, NumberRange range)
    {
        var numbers = Integers(name);
        foreach (var number in numbers.Where(n => !range.Contains(n)))
        {
            ReportRange(name, $"{number}", range.ToString());
        }

        return [.. numbers.Where(n => range.Contains(n))];
    }

    public IReadOnlyList<string> Texts(string name) =>
        Find(name) is (true, { Kind: TypedConstantKind.Array, IsNull: false } array, _)
            ? [.. array.Values.Select(v => v.Value as string ?? "")]
            : [];

    public IReadOnlyList<double> Numbers(string name) =>
        Find(name) is (true, { Kind: TypedConstantKind.Array, IsNull: false } array, _)
            ? [.. array.Values.Select(v => v.Value is double d ? d : 0)]
            : [];

    /// <summary>Reads a list of numbers, and reports those that are out of a range.</summary>
    public IReadOnlyList<double> Numbers(string name, NumberRange range)
    {
        var numbers = Numbers(name);
        foreach (var number in numbers.Where(n => !range.Contains(n)))
        {
            ReportRange(name, number.ToString("R", CultureInfo.InvariantCulture), range.ToString());
        }

        return numbers;
    }

    /// <summary>Returns the location of an argument, or that of the attribute if the argument is not written.</summary>
    public Location LocationOf(string name) => Find(name).Argument?.GetLocation() ?? Location;

    private static AttributeData? Data(ISymbol symbol, string metadataName) =>
        symbol.GetAttributes().FirstOrDefault(a => MetadataNameOf(a.AttributeClass) == metadataName);

    private void ReportRange(string name, string value, string range) =>
        context.Report(Rules.OutOfRange, LocationOf(name), $"{Name}'s {name}", value, range);

    private (bool Found, TypedConstant Constant, AttributeArgumentSyntax? Argument) Find(string name)
    {
        var arguments = Syntax?.ArgumentList?.Arguments ?? default;
        foreach (var named in attribute.NamedArguments)
        {
            if (string.Equals(named.Key, name, StringComparison.OrdinalIgnoreCase))
            {
                return (true, named.Value, arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == named.Key));
            }
        }

        var parameters = attribute.AttributeConstructor?.Parameters ?? [];
        for (var i = 0; i < parameters.Length && i < attribute.ConstructorArguments.Length; i++)
        {
            if (string.Equals(parameters[i].Name, name, StringComparison.OrdinalIgnoreCase))
            {
                var written = arguments.FirstOrDefault(a => a.NameColon?.Name.Identifier.ValueText == parameters[i].Name)
                    ?? arguments.Where(a => a.NameEquals is null && a.NameColon is null).Skip(i).FirstOrDefault();

                // An optional parameter that is not written has a value too, which the compiler fills in.
                return written is null && parameters[i].IsOptional ? default : (true, attribute.ConstructorArguments[i], written);
            }
        }

        return default;
    }
}
