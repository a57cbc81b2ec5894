using VpcRouter.Plugins;
using VpcRouter.Plugins.Loading;

namespace VpcRouter.Cli.Installing;

/// <summary>A plugin's files in a folder beside their place, where nobody looks for plugins; gone when disposed, unless it was put in place.</summary>
internal sealed class StagedPlugin : IDisposable
{
    private readonly string _directory;
    private readonly string _staging;

    /// <param name="directory">The plugin directory, locked.</param>
    public StagedPlugin(string directory)
    {
        _directory = directory;
        _staging = PluginDirectoryLock.NewStaging(directory);
        Content = Path.Combine(_staging, ".content");
        Directory.CreateDirectory(Content);
    }

    /// <summary>Where the files are to be put.</summary>
    public string Content { get; private set; }

    /// <summary>Names the folder like the plugin's assembly, and loads it to see whether it can be.</summary>
    /// <exception cref="PluginException">It can't.</exception>
    public ExternalPlugin Check(string source)
    {
        // An archive may hold the published folder instead of what is in it.
        var root = Directory.GetFiles(Content) is [] && Directory.GetDirectories(Content) is [var only] ? only : Content;
        var name = MainAssembly.NameIn(root) ?? throw new CommandFailedException($"\"{source}\" is not installed: none of its assemblies has [assembly: VpcRouterPlugin(…)]; give what \"dotnet publish\" made of the plugin");
        var named = Path.Combine(_staging, name);
        Directory.Move(root, named);
        Content = named;
        var plugin = ExternalPlugin.Find(new PluginFolder(name, named));
        try
        {
            plugin.Load();
            return plugin;
        }
        catch (PluginException e)
        {
            // Nobody will find the place where it lies now.
            throw new PluginException($"\"{source}\" is not installed: {e.Message.Replace(named, name, StringComparison.Ordinal)}", e);
        }
    }

    /// <summary>Puts it in its place, instead of what is there. Whoever looks at any moment sees the old one, the new one, or for an instant none; never a half.</summary>
    /// <param name="replaced">The folder that it takes the place of; its name may be spelled otherwise.</param>
    /// <returns>The place.</returns>
    public string PutInPlace(string? replaced)
    {
        var place = Path.Combine(_directory, Path.GetFileName(Content));
        if (replaced is null)
        {
            Directory.Move(Content, place);
            return place;
        }

        var old = Path.Combine(PluginDirectoryLock.ReplacedIn(_staging), Path.GetFileName(replaced));
        Directory.CreateDirectory(Path.GetDirectoryName(old)!);
        Directory.Move(replaced, old);
        try
        {
            Directory.Move(Content, place);
        }
        catch
        {
            Directory.Move(old, replaced);
            throw;
        }

        return place;
    }

    public void Dispose() => PluginDirectoryLock.Delete(_staging);
}
