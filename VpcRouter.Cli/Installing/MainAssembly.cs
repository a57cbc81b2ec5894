using VpcRouter.Plugins.Loading;

namespace VpcRouter.Cli.Installing;

/// <summary>Finds the assembly that a published folder is about; the folder may have any name.</summary>
internal static class MainAssembly
{
    /// <summary>The only assembly that declares a plugin; or, when none or several do, the one that the folder's only <c>.deps.json</c> belongs to.</summary>
    public static string? NameIn(string folder)
    {
        var declaring = Directory.GetFiles(folder, "*.dll").Where(Declares).ToList();
        return declaring is [var only] ? Path.GetFileNameWithoutExtension(only)
            : Directory.GetFiles(folder, "*.deps.json") is [var list] && list[..^".deps.json".Length] + ".dll" is { } main && File.Exists(main) ? Path.GetFileNameWithoutExtension(main)
            : null;
    }

    // VpcRouter's own assemblies, which lie in many published folders, declare the built-in plugins.
    private static bool Declares(string file)
    {
        try
        {
            return PluginManifestReader.Read(file).Plugins.Any(plugin => plugin.Name.Contains('.', StringComparison.Ordinal));
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
