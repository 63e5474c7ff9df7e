using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace UAmtfl.Numerics;

/// <summary>Computes with vectors and row-major matrices that are arrays, because coordinate descent touches one number at a time, which
/// takes a microsecond with tensors. Products of matrices go through libtorch.</summary>
internal static class Vectors
{
    /// <summary>Returns the dot product a · b.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var wideA = MemoryMarshal.Cast<double, Vector<double>>(a);
        var wideB = MemoryMarshal.Cast<double, Vector<double>>(b[..a.Length]);
        var sums = Vector<double>.Zero;
        for (var i = 0; i < wideA.Length; i++)
        {
            sums += wideA[i] * wideB[i];
        }

        var sum = Vector.Sum(sums);
        for (var i = wideA.Length * Vector<double>.Count; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>Adds factor · source to the target in place.</summary>
    public static void AddScaled(Span<double> target, double factor, ReadOnlySpan<double> source)
    {
        var wideTarget = MemoryMarshal.Cast<double, Vector<double>>(target);
        var wideSource = MemoryMarshal.Cast<double, Vector<double>>(source[..target.Length]);
        var factors = new Vector<double>(factor);
        for (var i = 0; i < wideTarget.Length; i++)
        {
            wideTarget[i] += factors * wideSource[i];
        }

        for (var i = wideTarget.Length * Vector<double>.Count; i < target.Length; i++)
        {
            target[i] += factor * source[i];
        }
    }

    /// <summary>Returns the largest |v|, or 0 for an empty vector.</summary>
    public static double LargestSize(ReadOnlySpan<double> v)
    {
        var largest = 0.0;
        foreach (var x in v)
        {
            largest = Math.Max(largest, Math.Abs(x));
        }

        return largest;
    }

    /// <summary>Returns the means of the columns of a matrix.</summary>
    public static double[] ColumnMeans(ReadOnlySpan<double> matrix, int columns)
    {
        var means = new double[columns];
        var rows = matrix.Length / columns;
        for (var n = 0; n < rows; n++)
        {
            AddScaled(means, 1, matrix.Slice(n * columns, columns));
        }

        for (var j = 0; j < columns; j++)
        {
            means[j] /= rows;
        }

        return means;
    }

    /// <summary>Returns some rows of a matrix, with a vector subtracted from each.</summary>
    public static double[] RowsLess(ReadOnlySpan<double> matrix, ReadOnlySpan<double> vector, IReadOnlyList<int> rows)
    {
        var part = new double[rows.Count * vector.Length];
        for (var n = 0; n < rows.Count; n++)
        {
            var row = part.AsSpan(n * vector.Length, vector.Length);
            matrix.Slice(rows[n] * vector.Length, vector.Length).CopyTo(row);
            AddScaled(row, -1, vector);
        }

        return part;
    }

    /// <summary>Returns the numbers of a float64 tensor, row by row.</summary>
    public static double[] ToArray(this Tensor tensor)
    {
        using var flat = tensor.cpu().contiguous();
        // data<double>().ToArray() would copy number by number.
        return flat.numel() == 0 ? [] : MemoryMarshal.Cast<byte, double>(flat.bytes).ToArray();
    }

    /// <summary>Makes a float64 tensor from numbers given row by row.</summary>
    /// <remarks>The numbers are copied into libtorch's own memory, because <c>tensor(values)</c> uses that of a managed array, whose
    /// alignment differs from run to run, and with it the last digits of a matrix product.</remarks>
    public static Tensor ToTensor(this double[] values, params long[] shape)
    {
        var result = empty(shape, dtype: ScalarType.Float64);
        if (values.Length > 0)
        {
            MemoryMarshal.AsBytes(values.AsSpan()).CopyTo(result.bytes);
        }

        return result;
    }

    /// <summary>Returns the matrix product A · B of A [rows, inner] and B [inner, columns], either of which may be given
    /// transposed.</summary>
    public static double[] Product(double[] a, int inner, double[] b, int columns, bool transposeA = false, bool transposeB = false)
    {
        using var scope = NewDisposeScope();
        var left = transposeA ? a.ToTensor(inner, a.Length / inner).t() : a.ToTensor(a.Length / inner, inner);
        var right = transposeB ? b.ToTensor(columns, inner).t() : b.ToTensor(inner, columns);
        return left.matmul(right).ToArray();
    }
}
