using UAmtfl.Hosting;

namespace UAmtfl.Tests.Hosting;

/// <summary>The verb <c>runs</c> lists the runs in a folder, and no damaged one hides the others.</summary>
public sealed class RunsVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task TheNewestIsFirstAndAKilledRunHasNoResult()
    {
        using var old = Made(2, 0);
        using var killed = Made(3, 1);
        using var other = Made(1, 2, "other");
        Directory.Delete(Path.Combine(killed.FullPath, "cells", "UAmtfl-3"), recursive: true);
        Directory.CreateDirectory(folder.File("no run"));
        Assert.Equal(ExitCode.Success, await Verbs.InvokeAsync(Fake.Context(TextWriter.Null, "report", old.FullPath)));
        var (code, printed, errors) = await List(folder.Path);
        Assert.Equal((ExitCode.Success, ""), (code, errors));
        Assert.Equal(
            $"""
            started (UTC)        experiment  state         seeds   headline                             folder
            2026-01-02 05:04:05  other       finished      1       –                                    {other.FullPath}
            2026-01-02 04:04:05  mnist       5 of 6 cells  1 to 3  –                                    {killed.FullPath}
            2026-01-02 03:04:05  mnist       finished      1, 2    UAmtfl 40.00 ± 14.14 (test error %)  {old.FullPath}

            """.ReplaceLineEndings("\n"),
            printed);
    }

    [Fact]
    public async Task OneExperimentIsChosen()
    {
        using var mnist = Made(1, 0);
        using var other = Made(1, 1, "other");
        var (_, chosen, _) = await List(folder.Path, "--experiment", "mnist");
        Assert.Contains(mnist.FullPath, chosen, StringComparison.Ordinal);
        Assert.DoesNotContain(other.FullPath, chosen, StringComparison.Ordinal);
        Assert.Equal(
            (ExitCode.Success, $"no runs of mist in {folder.Path}; did you mean 'mnist'?\n", ""),
            await List(folder.Path, "--experiment", "mist"));
    }

    [Fact]
    public async Task WhatIsDamagedIsNamedAndTheOthersAreListed()
    {
        using var whole = Made(1, 0);
        using var damaged = Made(1, 1);
        using var nothing = Made(1, 2);
        using var report = Made(1, 3);
        File.WriteAllText(Path.Combine(damaged.FullPath, "run.json"), "{");
        File.WriteAllText(Path.Combine(nothing.FullPath, "run.json"), "null");
        File.WriteAllText(Path.Combine(report.FullPath, "report.json"), "[]");
        var (code, printed, errors) = await List(folder.Path);
        Assert.Equal(ExitCode.Failure, code);
        var listed = printed.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        Assert.Equal([report.FullPath, whole.FullPath], listed.Select(line => line.Split(' ')[^1]));
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith($"error: cannot read {damaged.FullPath}/run.json: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"error: cannot read {nothing.FullPath}/run.json: it lacks ", lines[1], StringComparison.Ordinal);
        Assert.StartsWith($"error: cannot read {report.FullPath}/report.json: ", lines[2], StringComparison.Ordinal);
        Assert.EndsWith($"; report {report.FullPath} writes it again", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFolderWithoutRunsIsSaid()
    {
        Assert.Equal((ExitCode.Success, $"no runs in {folder.Path}\n", ""), await List(folder.Path));
        var nowhere = folder.File("nowhere");
        var missing = await Assert.ThrowsAsync<UAmtflException>(() => List(nowhere));
        Assert.Equal($"there is no folder {nowhere}", missing.Message);
        using var run = Made(1, 0);
        var one = await Assert.ThrowsAsync<UAmtflException>(() => List(run.FullPath));
        Assert.Equal(
            $"{run.FullPath} is a run, and runs lists those in a folder: report {run.FullPath} shows it", one.Message);
    }

    private RunFolder Made(int seeds, int hour, string experiment = "mnist") => Fake.Finished(
        folder.Path, seeds, manifest => manifest with { Experiment = experiment, Started = manifest.Started.AddHours(hour) });

    private static async Task<(int Code, string Printed, string Errors)> List(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var said = new StringWriter { NewLine = "\n" };
        var before = Console.Error;
        Console.SetError(said);
        try
        {
            return (await Verbs.InvokeAsync(Fake.Context(output, ["runs", .. arguments])), output.ToString(), said.ToString());
        }
        finally
        {
            Console.SetError(before);
        }
    }
}
