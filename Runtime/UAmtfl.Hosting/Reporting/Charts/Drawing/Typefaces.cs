using SkiaSharp;

namespace UAmtfl.Reporting.Charts.Drawing;

/// <summary>Finds a font among those of the system, in the order of <see cref="Palette.Fonts"/>. On Linux it looks at the files, because
/// the library that draws is built without the system's list of fonts.</summary>
internal static class Typefaces
{
    private static readonly (string Family, string Regular, string Bold)[] Known =
    [
        ("Arial", "Arial.ttf", "Arial_Bold.ttf"),
        ("Liberation Sans", "LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
        ("DejaVu Sans", "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    ];

    private static readonly string[] Folders =
    [
        "/usr/share/fonts", "/usr/local/share/fonts",
        System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share", "fonts"),
        System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".fonts"),
    ];

    private static readonly Dictionary<bool, SKTypeface> Found = [];

    /// <summary>Returns the first font that the system has.</summary>
    /// <param name="bold">True for its bold letters.</param>
    /// <exception cref="UAmtflException">The system has none.</exception>
    public static SKTypeface Find(bool bold)
    {
        lock (Found)
        {
            return Found.TryGetValue(bold, out var found) ? found : Found[bold] = Search(bold);
        }
    }

    private static SKTypeface Search(bool bold)
    {
        var files = Folders.Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*.ttf", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal).ToLookup(System.IO.Path.GetFileName, StringComparer.OrdinalIgnoreCase);
        foreach (var (family, regular, heavy) in Known)
        {
            var style = bold ? SKFontStyle.Bold : SKFontStyle.Normal;
            if (SKFontManager.Default.FontFamilies.Contains(family) && SKFontManager.Default.MatchFamily(family, style) is { } matched)
            {
                return matched;
            }

            if (files[bold ? heavy : regular].FirstOrDefault() is { } file && SKTypeface.FromFile(file) is { } read)
            {
                return read;
            }
        }

        throw new UAmtflException(
            $"PNG charts need a font, and the system has none of {string.Join(", ", Known.Select(k => k.Family))}; "
            + "install one, such as the package fonts-dejavu-core, or use the SVG files");
    }
}
