using System.Text;
using UAmtfl.Hosting;

namespace UAmtfl.Tests.Hosting;

public class GuardedWriterTests
{
    [Fact]
    public void AStreamThatFailsFallsSilentAndKeepsTheFirstReason()
    {
        var full = new Full(room: 1);
        using var writer = new GuardedWriter(full);
        writer.WriteLine("one");
        Assert.Null(writer.Fault);
        writer.WriteLine("two");
        Assert.Equal("no space left", writer.Fault);
        writer.Write('x');
        writer.Flush();
        writer.Silence("closed");
        Assert.Equal(("no space left", "one"), (writer.Fault, full.Written));
    }

    [Fact]
    public void FaultsAreSaidOnTheOtherStreamAndKeptInTheRunOnce()
    {
        using var folder = new TemporaryFolder();
        var (output, error) = (new GuardedWriter(new Full(room: 0)), new GuardedWriter(TextWriter.Null));
        var before = Console.Error;
        using var said = new StringWriter { NewLine = "\n" };
        try
        {
            Console.SetError(said);
            var errors = new ErrorLines(
                Spectre.Console.AnsiConsole.Create(
                    new() { Out = new Spectre.Console.AnsiConsoleOutput(output), Interactive = Spectre.Console.InteractionSupport.No }),
                verbose: false,
                new(output, error));
            errors.SayFaults();
            errors.Write("earlier");
            output.WriteLine("results");
            var file = Path.Combine(folder.Path, "errors.log");
            errors.KeepIn(file);
            errors.SayFaults();
            errors.SayFaults();
            const string Fault = "standard output cannot be written: no space left; what is missing there changes no result";
            Assert.Equal($"error: earlier\nerror: {Fault}\n", said.ToString());
            Assert.Equal(["earlier", Fault], File.ReadAllLines(file));
        }
        finally
        {
            Console.SetError(before);
        }
    }

    private sealed class Full(int room) : TextWriter
    {
        private int lines;

        public string Written { get; private set; } = "";

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw new IOException("no space left");

        public override void WriteLine(string? value)
        {
            if (lines++ >= room)
            {
                throw new IOException("no space left");
            }

            Written += value;
        }
    }
}
