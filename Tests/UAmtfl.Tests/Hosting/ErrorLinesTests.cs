using UAmtfl.Hosting;

namespace UAmtfl.Tests.Hosting;

/// <summary>An exception is one line for a user.</summary>
public sealed class ErrorLinesTests
{
    [Fact]
    public void AnExceptionOfThisLibraryIsItsMessage() => Assert.Equal("two lines", ErrorLines.OneLine(new UAmtflException("two\nlines")));

    [Fact]
    public void AnotherHasItsTypeAndItsFirstLine() =>
        Assert.Equal("InvalidOperationException: broken", ErrorLines.OneLine(new InvalidOperationException("broken\nat native code")));

    [Fact]
    public void ALibtorchThatCannotBeLoadedIsNamedWithWhatToDo()
    {
        var line = ErrorLines.OneLine(new TypeInitializationException("TorchSharp.torch", new NotSupportedException("Trace:\nStep 1")));
        Assert.StartsWith($"libtorch cannot be loaded, because its libraries beside the program, in {AppContext.BaseDirectory}", line);
        Assert.EndsWith("build with -p:UAmtflLinkNatives=false", line);
    }
}
