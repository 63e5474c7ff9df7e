using System.ComponentModel;
using System.Diagnostics;

namespace UAmtfl.Hosting;

/// <summary>The state of the source from which a run was made.</summary>
/// <param name="Commit">The hash of the commit.</param>
/// <param name="Dirty">True if the working tree has changes that are not committed.</param>
internal sealed record GitState(string Commit, bool Dirty)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Reads the state from git; null if there is no git, or no repository.</summary>
    /// <param name="folder">A folder in the working tree.</param>
    public static GitState? Read(string folder)
    {
        var commit = Ask(folder, "rev-parse", "HEAD");
        return string.IsNullOrEmpty(commit) ? null : new(commit, !string.IsNullOrEmpty(Ask(folder, "status", "--porcelain")));
    }

    private static string? Ask(string folder, params string[] question)
    {
        var start = new ProcessStartInfo("git") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var word in question)
        {
            start.ArgumentList.Add(word);
        }

        try
        {
            using var git = Process.Start(start)!;
            git.ErrorDataReceived += (_, _) => { };
            git.BeginErrorReadLine();
            var answer = git.StandardOutput.ReadToEndAsync();
            if (git.WaitForExit(Patience) && answer.Wait(Patience))
            {
                return git.ExitCode == 0 ? answer.Result.Trim() : null;
            }

            git.Kill();
            return null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
