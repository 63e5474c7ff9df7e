using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>Reads an attribute that stands for several layers.</summary>
/// <param name="name">The name of the attribute.</param>
/// <param name="mixesSamples">True if one of the layers mixes the samples of a batch.</param>
internal abstract class PresetReader(string name, bool mixesSamples = false)
    : LayersReader(new(name, HasParameters: true, MixesSamples: mixesSamples))
{
    /// <summary>Layers one after the other, of which each gets the output of the one before.</summary>
    /// <param name="attribute">The attribute that stands for them.</param>
    /// <param name="input">The shape of one sample.</param>
    protected sealed class Sequence(AttributeReader attribute, IReadOnlyList<int> input)
    {
        private readonly List<Layer> layers = [];

        public IReadOnlyList<Layer> All => layers;

        private IReadOnlyList<int> Last => layers.Count == 0 ? input : layers[layers.Count - 1].Output;

        /// <summary>Adds a layer without arguments: an activation, a normalisation, a pooling of whole channels.</summary>
        public Sequence Add(string kind, string? name = null) =>
            Add(((LayerReader)LayerCatalogue.Find(WellKnownNames.Layer(kind))!).Read(attribute, Last)!, name);

        public Sequence Linear(int features) => Add(new LinearLayer(Shape("Linear", [features]), Bias: true));

        /// <summary>Adds a convolution that is computed on images also if it is the first layer, because the patches of large images
        /// are many times larger.</summary>
        public Sequence Conv2d(int channels, int kernel, int stride, int padding, string name) => Add(
            new Conv2dLayer(Shape("Conv2d", Sides(channels, kernel, stride, padding)), kernel, stride, padding, Bias: false)
            {
                CutsPatches = false,
            },
            name);

        /// <summary>Adds a convolution as <c>[Conv2d]</c> does.</summary>
        public Sequence Conv2d(int channels, int kernel, int padding) =>
            Add(new Conv2dLayer(Shape("Conv2d", Sides(channels, kernel, 1, padding)), kernel, 1, padding));

        public Sequence MaxPool2d(int kernel, int stride, int padding) =>
            Add(new MaxPool2dLayer(Shape("MaxPool2d", Sides(Last[0], kernel, stride, padding)), kernel, stride, padding));

        public Sequence AvgPool2d(int kernel) => Add(new AvgPool2dLayer(Shape("AvgPool2d", Sides(Last[0], kernel, kernel, 0)), kernel));

        public Sequence Block(string kind, int channels, int stride, string name) =>
            Add(((ResidualReader)LayerCatalogue.Find(WellKnownNames.Layer(kind))!).Layer(Last, channels, stride), name);

        private Sequence Add(Layer layer, string? name = null)
        {
            layers.Add(layer with { Name = name });
            return this;
        }

        private LayerShape Shape(string kind, IReadOnlyList<int> output) =>
            new(LayerCatalogue.Find(WellKnownNames.Layer(kind))!.Kind, Last.ToEquatableArray(), output.ToEquatableArray());

        private int[] Sides(int channels, int kernel, int stride, int padding) =>
            [channels, ((Last[1] + (2 * padding) - kernel) / stride) + 1, ((Last[2] + (2 * padding) - kernel) / stride) + 1];
    }
}
