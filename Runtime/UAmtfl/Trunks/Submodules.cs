using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Registers modules under paths, as architectures of the literature name them.</summary>
public static class Submodules
{
    /// <summary>Registers a module within modules of the names before the last dot, which are created if they do not exist, because the
    /// name of a module cannot contain a dot.</summary>
    /// <param name="parent">The module to which the path belongs.</param>
    /// <param name="path">The path, such as <c>layer1.0</c>.</param>
    /// <param name="module">The module.</param>
    public static void Register(nn.Module parent, string path, nn.Module module)
    {
        var names = path.Split('.');
        var owner = parent;
        foreach (var name in names[..^1])
        {
            var next = owner.named_children().FirstOrDefault(c => c.name == name).module;
            if (next is null)
            {
                next = new Group(name);
                owner.register_module(name, next);
            }

            owner = next;
        }

        owner.register_module(names[^1], module);
    }

    /// <summary>A module that has nothing but other modules.</summary>
    private sealed class Group(string name) : nn.Module(name)
    {
        protected override void RegisterComponents()
        {
        }
    }
}
