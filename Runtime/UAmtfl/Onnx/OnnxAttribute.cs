namespace UAmtfl.Onnx;

/// <summary>The value of an attribute of an ONNX operator: a whole number, a number, or several whole numbers. An
/// attribute that ONNX declares as a number needs a literal with a point or a d, <c>1d</c>, because <c>1</c> is a whole number.</summary>
public sealed class OnnxAttribute
{
    private OnnxAttribute(object value) => Value = value;

    /// <summary>A <see cref="long"/>, a <see cref="float"/> or an array of <see cref="long"/>.</summary>
    internal object Value { get; }

    /// <summary>Makes the value of an attribute that is a whole number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator OnnxAttribute(long value) => new(value);

    /// <summary>Makes the value of an attribute that is a number, which ONNX keeps as float32.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator OnnxAttribute(double value) => new((float)value);

    /// <summary>Makes the value of an attribute that is a list of whole numbers.</summary>
    /// <param name="values">The numbers.</param>
    public static implicit operator OnnxAttribute(int[] values) => new(Array.ConvertAll(values, v => (long)v));
}
