using System.Globalization;
using System.Text;

namespace UAmtfl.Data.Tables;

/// <summary>Decides what the text of a field is: missing, a number, true or false. The generator compiles the files of this folder too, so
/// that it and the program agree.</summary>
internal sealed class FieldRules
{
    /// <summary>The largest whole number below which every one is a double.</summary>
    private const ulong LargestExact = 1UL << 53;

    private static readonly double[] Powers =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    private readonly byte[][] markers;

    /// <summary>For each byte, true if a marker begins with it.</summary>
    private readonly bool[] begins = new bool[256];

    private readonly byte point;

    /// <summary>Takes the rules of a table.</summary>
    /// <param name="markers">The markers of a missing value, in addition to empty and blank fields.</param>
    /// <param name="decimalComma">True if numbers have a comma in the place of a decimal point.</param>
    public FieldRules(IEnumerable<string> markers, bool decimalComma)
    {
        this.markers = [.. markers.Select(Encoding.UTF8.GetBytes)];
        foreach (var marker in this.markers.Where(m => m.Length > 0))
        {
            begins[marker[0]] = true;
        }

        (DecimalComma, point) = (decimalComma, (byte)(decimalComma ? ',' : '.'));
    }

    /// <summary>The markers of a table that names none: <c>NA</c> (R), <c>NaN</c> and <c>nan</c> (NumPy, pandas).</summary>
    public static IReadOnlyList<string> DefaultMarkers { get; } = ["NA", "NaN", "nan"];

    /// <summary>True if numbers have a comma in the place of a decimal point.</summary>
    public bool DecimalComma { get; }

    /// <summary>True if a field is empty or a marker of a missing value.</summary>
    /// <param name="field">The field, without blanks around it.</param>
    public bool IsMissing(ReadOnlySpan<byte> field)
    {
        if (field.IsEmpty)
        {
            return true;
        }

        for (var i = 0; begins[field[0]] && i < markers.Length; i++)
        {
            if (field.Length == markers[i].Length && field.SequenceEqual(markers[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a finite number with a decimal point, or with a comma if the rules say so, and perhaps with an exponent.</summary>
    /// <param name="field">The field, without blanks around it.</param>
    /// <param name="number">The number; 0 if the field is none.</param>
    public bool TryNumber(ReadOnlySpan<byte> field, out double number) => TryShort(field, out number) || TryLong(field, out number);

    /// <summary>Reads <c>true</c> or <c>false</c> in any case.</summary>
    /// <param name="field">The field, without blanks around it.</param>
    /// <param name="flag">The value; false if the field is none.</param>
    public static bool TryFlag(ReadOnlySpan<byte> field, out bool flag)
    {
        flag = field.Length == 4 && Is(field, "true");
        return flag || (field.Length == 5 && Is(field, "false"));
    }

    private static bool Is(ReadOnlySpan<byte> field, string word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if ((field[i] | 0x20) != word[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads a number whose digits are below 2⁵³ and which one division or product by an exact power of ten gives, so that it is
    /// rounded once, as every other way rounds it (Clinger 1990).</summary>
    private bool TryShort(ReadOnlySpan<byte> field, out double number)
    {
        number = 0;
        var i = field.Length > 0 && field[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        var (digits, mantissa, scale) = (0, 0UL, 0);
        for (var seenPoint = false; i < field.Length; i++)
        {
            if ((uint)(field[i] - '0') <= 9)
            {
                mantissa = (mantissa * 10) + (uint)(field[i] - '0');
                digits++;
                scale += seenPoint ? 1 : 0;
            }
            else if (field[i] == point && !seenPoint)
            {
                seenPoint = true;
            }
            else
            {
                return false;
            }
        }

        if (digits is 0 or > 18 || mantissa >= LargestExact)
        {
            return false;
        }

        number = mantissa / Powers[scale];
        number = field[0] == (byte)'-' ? -number : number;
        return true;
    }

    private bool TryLong(ReadOnlySpan<byte> field, out double number)
    {
        number = 0;

        // A finite number has a digit, and no letter but the one of its exponent.
        if (field.Length is 0 or > 400 || !((uint)(field[field.Length - 1] - '0') <= 9 || field[field.Length - 1] == point))
        {
            return false;
        }

        var text = new char[field.Length];
        for (var i = 0; i < text.Length; i++)
        {
            if (field[i] == (byte)'.' && DecimalComma)
            {
                return false;
            }

            text[i] = field[i] == point ? '.' : (char)field[i];
        }

        const NumberStyles Allowed = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var finite = double.TryParse(new string(text), Allowed, CultureInfo.InvariantCulture, out number)
            && !double.IsNaN(number) && !double.IsInfinity(number);
        number = finite ? number : 0;
        return finite;
    }
}
