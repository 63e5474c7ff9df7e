using System.Globalization;
using System.Text;

namespace UAmtfl.Reporting;

/// <summary>Writes words and numbers so that LaTeX prints them as they are, without a package.</summary>
internal static class LatexText
{
    /// <summary>The signs of mathematics, each before the name of its command.</summary>
    private const string Mathematics =
        "±pm ×times ÷div ·cdot ≤leq ≥geq ≠neq ≈approx ∞infty √surd ∑sum ∏prod ∈in ∂partial ∇nabla ‖| →to ←leftarrow ↑uparrow ↓downarrow "
        + "«ll »gg •bullet µmu αalpha βbeta γgamma δdelta εvarepsilon ζzeta ηeta θtheta ιiota κkappa λlambda μmu νnu ξxi πpi ρrho σsigma "
        + "ςvarsigma τtau υupsilon φvarphi χchi ψpsi ωomega ΓGamma ΔDelta ΘTheta ΛLambda ΞXi ΠPi ΣSigma ΥUpsilon ΦPhi ΨPsi ΩOmega";

    /// <summary>The accents: the command, and letters with the accent beside the same letters without it.</summary>
    private static readonly (string Command, string Letters, string Bases)[] Accents =
    [
        ("'", "áéíóúýćńśźÁÉÍÓÚÝĆŃŚŹ", "aeiouycnszAEIOUYCNSZ"),
        ("`", "àèìòùÀÈÌÒÙ", "aeiouAEIOU"),
        ("^", "âêîôûÂÊÎÔÛ", "aeiouAEIOU"),
        ("\"", "äëïöüÿÄËÏÖÜŸ", "aeiouyAEIOUY"),
        ("~", "ãñõÃÑÕ", "anoANO"),
        ("v", "čďěňřšťžČĎĚŇŘŠŤŽ", "cdenrstzCDENRSTZ"),
        ("c", "çşţÇŞŢ", "cstCST"),
        ("=", "āēīōūĀĒĪŌŪ", "aeiouAEIOU"),
        ("u", "ăğĂĞ", "agAG"),
        (".", "żėŻĖİ", "zeZEI"),
        ("r", "ůŮ", "uU"),
        ("H", "őűŐŰ", "ouOU"),
    ];

    private static readonly Dictionary<char, string> Commands = All();

    /// <summary>Returns text as LaTeX. Letters and signs of which LaTeX needs a package, such as Chinese ones, become their code points,
    /// «[U+4E2D]», because pdflatex would stop at them.</summary>
    /// <param name="text">The text.</param>
    public static string Of(string text)
    {
        var latex = new StringBuilder();
        var before = default(Rune);
        foreach (var rune in text.EnumerateRunes())
        {
            var known = rune.IsBmp ? Commands.GetValueOrDefault((char)rune.Value) : null;
            latex.Append(known
                ?? (Rune.IsControl(rune) ? " "
                : !rune.IsAscii ? string.Create(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]")
                : rune.Value == '-' && before.Value == '-' ? "{}-" // LaTeX would join two hyphens to a dash.
                : rune.ToString()));
            before = rune;
        }

        return latex.ToString();
    }

    private static Dictionary<char, string> All()
    {
        var commands = new Dictionary<char, string>
        {
            ['\\'] = @"\textbackslash{}", ['~'] = @"\textasciitilde{}", ['^'] = @"\textasciicircum{}", ['`'] = @"\`{}",
            ['<'] = "$<$", ['>'] = "$>$", ['|'] = "$|$", ['"'] = "''", ['−'] = "$-$", ['–'] = "--", ['—'] = "---",
            ['‘'] = "`", ['’'] = "'", ['“'] = "``", ['”'] = "''", ['…'] = @"\ldots{}", ['°'] = @"$^\circ$", ['\u00A0'] = "~",
            ['\u202F'] = @"\,", ['§'] = @"\S{}", ['†'] = @"\dag{}", ['ß'] = @"\ss{}", ['æ'] = @"\ae{}", ['Æ'] = @"\AE{}",
            ['œ'] = @"\oe{}", ['Œ'] = @"\OE{}", ['ø'] = @"\o{}", ['Ø'] = @"\O{}", ['å'] = @"\aa{}", ['Å'] = @"\AA{}",
            ['ł'] = @"\l{}", ['Ł'] = @"\L{}",
        };
        foreach (var special in "%&#$_{}")
        {
            commands[special] = $@"\{special}";
        }

        foreach (var sign in Mathematics.Split(' '))
        {
            commands[sign[0]] = $@"$\{sign[1..]}$";
        }

        foreach (var (digit, (above, below)) in "⁰¹²³⁴⁵⁶⁷⁸⁹".Zip("₀₁₂₃₄₅₆₇₈₉").Index())
        {
            commands[above] = FormattableString.Invariant($"$^{digit}$");
            commands[below] = FormattableString.Invariant($"$_{digit}$");
        }

        foreach (var (command, letters, bases) in Accents)
        {
            foreach (var (letter, plain) in letters.Zip(bases))
            {
                commands[letter] = $@"\{command}{{{plain}}}";
            }
        }

        return commands;
    }
}
