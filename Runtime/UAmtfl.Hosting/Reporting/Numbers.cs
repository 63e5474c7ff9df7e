using System.Globalization;

namespace UAmtfl.Reporting;

/// <summary>Prints numbers of any size in few characters, with a typographical minus sign.</summary>
internal static class Numbers
{
    /// <summary>The text for a value that does not exist.</summary>
    public const string None = "–";

    /// <summary>Returns a number with a limited number of significant digits, such as «0.0433», «123.5», «3.12e7», «−4e−10». Numbers
    /// between 0.0001 and a million have no exponent.</summary>
    /// <param name="value">The number; the result is <see cref="None"/> if it is not finite.</param>
    /// <param name="digits">The largest number of digits, 1 to 15.</param>
    public static string Significant(double value, int digits = 4)
    {
        if (!double.IsFinite(value))
        {
            return None;
        }

        var text = value.ToString("E" + (digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var rounded = double.Parse(text, CultureInfo.InvariantCulture);
        return Minus(rounded == 0 ? "0" : Math.Abs(rounded) is >= 1e-4 and < 1e6
            ? ((decimal)rounded).ToString("0.#########", CultureInfo.InvariantCulture)
            : rounded.ToString("0." + new string('#', digits - 1) + "e0", CultureInfo.InvariantCulture));
    }

    /// <summary>Returns a number with a given number of significant digits and an exponent, such as «3.1200e7».</summary>
    /// <param name="value">A finite number.</param>
    /// <param name="digits">The number of digits, 1 to 15.</param>
    public static string Exponent(double value, int digits) =>
        Minus(value.ToString((digits > 1 ? "0." + new string('0', digits - 1) : "0") + "e0", CultureInfo.InvariantCulture));

    /// <summary>Returns a number with a given number of decimals, such as «−0.450»; 0 never has a minus sign.</summary>
    /// <param name="value">A finite number below 1e15.</param>
    /// <param name="decimals">The number of decimals, 0 or more.</param>
    public static string Fixed(double value, int decimals)
    {
        var text = value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Minus(text.AsSpan().ContainsAnyInRange('1', '9') ? text : text.TrimStart('-'));
    }

    /// <summary>Returns the power of ten of the first digit of a number: 2 for 314, −3 for 0.004.</summary>
    /// <param name="value">A finite number other than 0.</param>
    public static int Magnitude(double value) => (int)Math.Floor(Math.Log10(Math.Abs(value)));

    /// <summary>Replaces the hyphens of a number by typographical minus signs.</summary>
    public static string Minus(string number) => number.Replace('-', '−');
}
