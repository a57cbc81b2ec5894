namespace VpcRouter.Cli.Installing;

/// <summary>The forms in which plugins come.</summary>
internal enum PluginSupplyKind
{
    /// <summary>A folder that was published with <c>dotnet publish</c>.</summary>
    Folder,

    /// <summary>A zip of such a folder.</summary>
    Archive,

    /// <summary>A NuGet package, by name or as a file.</summary>
    Package,
}
