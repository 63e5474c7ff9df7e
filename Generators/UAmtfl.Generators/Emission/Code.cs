namespace UAmtfl.Generators.Emission;

/// <summary>The strengths with which the outermost operator of an expression can bind, from the weakest.</summary>
internal enum Binding
{
    /// <summary>The expression is a sum: <c>a + b</c>.</summary>
    Sum,

    /// <summary>The expression is a product: <c>a * b</c>.</summary>
    Product,

    /// <summary>The expression is a name, a number, a call or a member, which needs no brackets as an operand.</summary>
    Atom,
}

/// <summary>The fields of the objective that an expression can need.</summary>
[Flags]
internal enum Uses
{
    Nothing = 0,

    /// <summary>The expression needs <c>trunkWeights</c>, the weights of the trunk without biases.</summary>
    TrunkWeights = 1,
}

/// <summary>A C# expression with the strength of its outermost operator and the fields that it needs, so that no code has to look into its
/// text.</summary>
/// <param name="Text">The text of the expression.</param>
/// <param name="Binding">The strength of the outermost operator.</param>
/// <param name="Uses">The fields of the objective that the expression needs.</param>
internal sealed record Code(string Text, Binding Binding = Binding.Atom, Uses Uses = Uses.Nothing)
{
    /// <summary>The expression for the weights of the trunk, which are an array of tensors.</summary>
    public static readonly Code TrunkWeights = new("trunkWeights", Uses: Uses.TrunkWeights);

    /// <summary>Makes an expression of a name, a number or a call.</summary>
    public static implicit operator Code(string atom) => new(atom);

    /// <summary>Returns the expression for a hyper-parameter: <c>hyper.Name</c>.</summary>
    public static Code Hyper(string name) => new($"hyper.{name}");

    /// <summary>Returns a call, <c>function(a, b)</c>, or the creation of an object if the function is <c>new T</c>.</summary>
    public static Code Call(string function, params Code[] arguments) => new($"{function}({Join(arguments)})", Uses: Union(arguments));

    /// <summary>Returns a collection expression: <c>[a, b]</c>.</summary>
    public static Code List(params Code[] items) => new($"[{Join(items)}]", Uses: Union(items));

    /// <summary>Returns a spread element, <c>.. items</c>, with which a collection expression takes all items of another
    /// collection.</summary>
    public static Code Spread(Code items) => items with { Text = $".. {items.Text}" };

    /// <summary>Returns the product of two expressions.</summary>
    public static Code operator *(Code left, Code right) => new(
        $"{left.In(left.Binding < Binding.Product)} * {right.In(right.Binding < Binding.Atom)}",
        Binding.Product,
        left.Uses | right.Uses);

    /// <summary>Returns the sum of two expressions. Products in it get brackets, because that is easier to read.</summary>
    public static Code operator +(Code left, Code right) => new(
        $"{left.In(left.Binding == Binding.Product)} + {right.In(right.Binding < Binding.Atom)}",
        Binding.Sum,
        left.Uses | right.Uses);

    /// <summary>Returns a member of the expression, or a call of one: <c>(a + b).sum()</c>.</summary>
    public Code Member(string member) => new($"{In(Binding < Binding.Atom)}.{member}", Uses: Uses);

    /// <summary>The expression with the brackets that it needs as one term of a sum over several lines.</summary>
    public string AsTerm => In(Binding < Binding.Atom);

    /// <summary>The expression with a semicolon after it.</summary>
    public Code Statement => this with { Text = $"{Text};" };

    public override string ToString() => Text;

    private static string Join(Code[] codes) => string.Join(", ", codes.Select(c => c.Text));

    private static Uses Union(Code[] codes) => codes.Aggregate(Uses.Nothing, (uses, code) => uses | code.Uses);

    private string In(bool brackets) => brackets ? $"({Text})" : Text;
}
