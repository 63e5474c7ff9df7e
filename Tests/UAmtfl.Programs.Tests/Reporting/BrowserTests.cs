using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using UAmtfl.Reporting;
using UAmtfl.Reporting.Html;

namespace UAmtfl.Tests.Reporting;

/// <summary>A page of a report in headless Chromium, at the width of a phone and of a desk: it says no error, fetches nothing, is no wider
/// than the screen, axe-core finds no serious fault of accessibility in it, and its script sorts and searches. Chromium and axe-core are
/// installed if they are missing, which takes Debian's packages, npm and the right to install.</summary>
[Trait("Category", "Slow")]
public sealed partial class BrowserTests(BrowserTests.Tools tools) : IClassFixture<BrowserTests.Tools>
{
    private const string Probe = """
        const faults = [];
        addEventListener("error", event => faults.push(String(event.message)));
        addEventListener("securitypolicyviolation", event => faults.push("refused " + event.blockedURI));
        addEventListener("load", async () => {
          const violations = (await axe.run()).violations.filter(v => ["serious", "critical"].includes(v.impact));
          const page = document.documentElement;
          const wide = page.scrollWidth - page.clientWidth;
          document.querySelector("#tasks thead th:last-child button").click();
          const order = [...document.querySelectorAll("#tasks table tbody")][0];
          const sorted = [...order.rows].map(row => Number(row.cells[row.cells.length - 1].dataset.v));
          const find = document.getElementById("find");
          find.value = find.closest("section").querySelector("details.task").dataset.name;
          find.dispatchEvent(new Event("input"));
          parent.postMessage(JSON.stringify({
            width: innerWidth, dark: matchMedia("(prefers-color-scheme: dark)").matches, wide,
            fetched: performance.getEntriesByType("resource").map(r => r.name).filter(n => !n.startsWith("data:")),
            faults, axe: violations.map(v => `${v.id}: ${v.nodes[0].html}`),
            sorted: sorted.every((value, i) => i === 0 || value >= sorted[i - 1]),
            found: [...order.rows].filter(row => !row.hidden).length,
          }), "*");
        });
        """;

    public static TheoryData<string, bool> Pages => new()
    {
        { "mnist", false }, { "mnist", true }, { "drugs", false }, { "drugs", true }, { "mixed", false }, { "many", false },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public void APageIsWholeInABrowser(string run, bool dark)
    {
        using var folder = new TemporaryFolder();
        var report = Report.From(run switch
        {
            "mnist" => SampleRuns.Mnist(),
            "drugs" => SampleRuns.Drugs(181),
            "mixed" => ScoredRuns.Mixed(),
            _ => SampleRuns.ManyVariants(20),
        });
        var scripts = Script(File.ReadAllText(tools.Axe).Replace("</script", "<\\/script")) + Script(Probe);
        File.WriteAllText(folder.File("page.html"), HtmlReport.Text(report).Replace("<script>\n", scripts + "<script>\n"));
        File.WriteAllText(folder.File("both.html"), """
            <!DOCTYPE html><pre id="found"></pre>
            <script>addEventListener("message", e => document.getElementById("found").append(e.data + "\n"));</script>
            <iframe src="page.html" width="390" height="844"></iframe><iframe src="page.html" width="1280" height="900"></iframe>
            """);
        var dom = Run(
            tools.Chromium, "--headless", "--no-sandbox", "--disable-gpu", $"--blink-settings=preferredColorScheme={(dark ? 0 : 1)}",
            "--virtual-time-budget=120000", "--dump-dom", $"file://{folder.File("both.html")}");
        var found = WebUtility.HtmlDecode(Found.Match(dom).Groups[1].Value).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal([390, 1280], found.Select(f => f.GetProperty("width").GetInt32()).Order());
        Assert.All(found, f =>
        {
            Assert.Equal(dark, f.GetProperty("dark").GetBoolean());
            Assert.Equal(0, f.GetProperty("wide").GetInt32());
            Assert.Equal("[]", f.GetProperty("fetched").GetRawText());
            Assert.Equal("[]", f.GetProperty("faults").GetRawText());
            Assert.Equal("[]", f.GetProperty("axe").GetRawText());
            Assert.True(f.GetProperty("sorted").GetBoolean());
            Assert.Equal(1, f.GetProperty("found").GetInt32());
        });
    }

    private static string Script(string code) => $"<script>{code}</script>\n";

    [GeneratedRegex("<pre id=\"found\">(.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Found { get; }

    private static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {errors.Result}");
        return output;
    }

    /// <summary>Chromium and axe-core, for all tests of the class.</summary>
    public sealed class Tools : IDisposable
    {
        private const string AxePackage = "axe-core@4.11.0";

        private readonly TemporaryFolder folder = new();

        public Tools()
        {
            if (Program("chromium") is null)
            {
                Run("apt-get", "update");
                Run("apt-get", "install", "-y", "chromium", "fonts-dejavu-core");
            }

            Chromium = Program("chromium")!;
            Run("npm", "install", "--silent", "--prefix", folder.Path, AxePackage);
            Axe = folder.File("node_modules/axe-core/axe.min.js");
        }

        public string Chromium { get; }

        public string Axe { get; }

        public void Dispose() => folder.Dispose();

        private static string? Program(string name) => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }
}
