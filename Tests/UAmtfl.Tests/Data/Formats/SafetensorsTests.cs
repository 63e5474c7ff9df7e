using System.Buffers.Binary;
using System.Text;
using TorchSharp;
using UAmtfl.Files;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Data.Formats;

/// <summary>The safetensors format, byte for byte as huggingface.co/docs/safetensors describes it.</summary>
public sealed class SafetensorsTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    /// <summary>A file written by hand: a matrix of float32, a single number of int64 and an empty tensor.</summary>
    [Fact]
    public void AFileWrittenByHandIsRead()
    {
        var header =
            """{"__metadata__":{"format":"pt"},"b":{"dtype":"I64","shape":[],"data_offsets":[8,16]}"""
            + ""","none":{"dtype":"F64","shape":[0,3],"data_offsets":[16,16]}"""
            + ""","a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}   """;
        byte[] data = [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 7, 0, 0, 0, 0, 0, 0, 0x80];
        var (tensors, metadata) = Read(File(header, data));
        Assert.Equal(["a", "b", "none"], tensors.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([1L, 2], tensors["a"].shape);
        Assert.Equal([1f, -2f], tensors["a"].data<float>().ToArray());
        Assert.Empty(tensors["b"].shape);
        Assert.Equal(long.MinValue + 7, tensors["b"].item<long>());
        Assert.Equal([0L, 3], tensors["none"].shape);
        Assert.Equal(ScalarType.Float64, tensors["none"].dtype);
        Assert.Equal("pt", Assert.Single(metadata).Value);
    }

    /// <summary>The header is padded with spaces to a multiple of 8 bytes, and float64 comes before float32.</summary>
    [Fact]
    public void ATransposedMatrixIsWrittenRowByRow()
    {
        var tensors = new Dictionary<string, Tensor>
        {
            ["é"] = tensor(new[] { 1f, 2, 3, 4 }, [2, 2]).t(),
            ["A.weight"] = tensor(new[] { true, false }),
            ["Z"] = tensor(0.5),
        };
        var header =
            """{"__metadata__":{"a":"1","b":"\"2\""},"Z":{"dtype":"F64","shape":[],"data_offsets":[0,8]}"""
            + ""","é":{"dtype":"F32","shape":[2,2],"data_offsets":[8,24]}"""
            + ""","A.weight":{"dtype":"BOOL","shape":[2],"data_offsets":[24,26]}}""";
        byte[] data =
        [
            0, 0, 0, 0, 0, 0, 0xE0, 0x3F,
            0, 0, 0x80, 0x3F, 0, 0, 0x40, 0x40, 0, 0, 0, 0x40, 0, 0, 0x80, 0x40,
            1, 0,
        ];
        var padding = (8 - (Encoding.UTF8.GetByteCount(header) % 8)) % 8;
        Assert.Equal(File(header + new string(' ', padding), data), Write(tensors, new() { ["b"] = "\"2\"", ["a"] = "1" }));
    }

    [Fact]
    public void AFileWithoutTensorsIsAnEmptyHeader()
    {
        Assert.Equal([8, 0, 0, 0, 0, 0, 0, 0, .. "{}      "u8], Write([], null));
        Assert.Empty(Read(Write([], null)).Tensors);
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Int32)]
    [InlineData(ScalarType.Int16)]
    [InlineData(ScalarType.Int8)]
    [InlineData(ScalarType.Byte)]
    [InlineData(ScalarType.Bool)]
    public void EveryTypeAndEveryLayoutComesBackToTheBit(ScalarType type)
    {
        var values = arange(0, 2 * 3 * 4 * 5, dtype: ScalarType.Float32).reshape(2, 3, 4, 5).to(type);
        var strided = values.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        Assert.False(strided.is_contiguous());
        var read = Read(Write(new() { ["strided"] = strided, ["part"] = values[1, 1..] }, null)).Tensors;
        Assert.Equal(type, read["strided"].dtype);
        Assert.True(read["strided"].is_contiguous());
        Assert.True(read["strided"].eq(values).all().item<bool>());
        Assert.True(read["part"].eq(values[1, 1..]).all().item<bool>());
    }

    /// <summary>Parameters carry gradients; they are written all the same.</summary>
    [Fact]
    public void ParametersAreWritten()
    {
        var parameter = new TorchSharp.Modules.Parameter(tensor(new[] { 3f }));
        Assert.Equal(3f, Read(Write(new() { ["p"] = parameter }, null)).Tensors["p"].item<float>());
    }

    [Fact]
    public void WhatTheFormatCannotHoldIsNotWritten()
    {
        var complex = Assert.Throws<ArgumentException>(() => Write(new() { ["c"] = tensor(new System.Numerics.Complex(1, 2)) }, null));
        Assert.Contains("tensor c has type ComplexFloat64", complex.Message);
        Assert.Throws<ArgumentException>(() => Write(new() { ["__metadata__"] = tensor(1f) }, null));
    }

    /// <summary>Wherever a file is cut, it is refused.</summary>
    [Fact]
    public void ATruncatedFileIsRefused()
    {
        var whole = Write(new() { ["a"] = tensor(new[] { 1f, 2, 3 }), ["b"] = tensor(new[] { 1.0, 2 }) }, new() { ["k"] = "v" });
        Read(whole);
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Contains("truncated", Assert.Throws<InvalidDataException>(() => Read(whole[..length])).Message);
        }

        Assert.Contains("other bytes follow", Assert.Throws<InvalidDataException>(() => Read([.. whole, 0])).Message);
    }

    [Theory]
    [InlineData("[1]", "no JSON object")]
    [InlineData("{\"a\":", "no JSON")]
    [InlineData("{\"a\":1}", "entry of tensor a is no JSON object")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", "must have dtype, shape and data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}""", "must have dtype, shape and data_offsets")]
    [InlineData("""{"a":{"dtype":"F8","shape":[1],"data_offsets":[0,4]}}""", "tensor a has type F8")]
    [InlineData("""{"a":{"dtype":5,"shape":[1],"data_offsets":[0,4]}}""", "tensor a has type 5")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "shape of tensor a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", "shape of tensor a")]
    [InlineData("""{"a":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}""", "shape of tensor a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", "data_offsets of tensor a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4]}}""", "data_offsets of tensor a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "shape [2] of F32, but 4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}""", "but 4 bytes")]
    [InlineData("""{"a":{"dtype":"F64","shape":[1152921504606846975],"data_offsets":[0,9223372036854775800]}}""", "truncated")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "there is a gap")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", "they overlap")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"a":{"dtype":"U8","shape":[0],"data_offsets":[4,4]}}""", "names a twice")]
    [InlineData("""{"a":{"dtype":"BOOL","shape":[4],"data_offsets":[0,4]}}""", "neither 0 nor 1")]
    [InlineData("""{"__metadata__":{"k":1}}""", "k in __metadata__ is no string")]
    [InlineData("""{"__metadata__":{"k":"1","k":"2"}}""", "__metadata__ names k twice")]
    [InlineData("""{"__metadata__":[]}""", "__metadata__ is no JSON object")]
    public void AWrongHeaderIsRefused(string header, string problem)
    {
        var message = Assert.Throws<InvalidDataException>(() => Read(File(header, [1, 2, 3, 4]))).Message;
        Assert.Contains(problem, message);
        Assert.DoesNotContain('\n', message);
    }

    /// <summary>A length that no file has is refused before memory is asked for.</summary>
    [Theory]
    [InlineData(ulong.MaxValue, "the format allows")]
    [InlineData(99_000_000UL, "truncated")]
    public void AHeaderThatIsTooLongIsRefused(ulong length, string problem)
    {
        var file = File("{}", []);
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        Assert.Contains(problem, Assert.Throws<InvalidDataException>(() => Read(file)).Message);
    }

    [Fact]
    public void AHeaderThatIsNotUtf8IsRefused()
    {
        byte[] header = [.. "{\"__metadata__\":{\"k\":\""u8, 0xFF, .. "\"}}"u8];
        byte[] file = [(byte)header.Length, 0, 0, 0, 0, 0, 0, 0, .. header];
        Assert.Contains("no JSON", Assert.Throws<InvalidDataException>(() => Read(file)).Message);
    }

    private static byte[] File(string header, byte[] data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)text.Length);
        return [.. length, .. text, .. data];
    }

    private static byte[] Write(Dictionary<string, Tensor> tensors, Dictionary<string, string>? metadata)
    {
        var stream = new MemoryStream();
        Safetensors.Write(stream, tensors, metadata);
        return stream.ToArray();
    }

    private static (IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(byte[] file) =>
        Safetensors.Read(new MemoryStream(file));
}
