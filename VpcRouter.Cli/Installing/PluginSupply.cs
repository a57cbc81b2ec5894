namespace VpcRouter.Cli.Installing;

/// <summary>Where a plugin to be installed comes from.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Path">The full path of the folder, the zip or the package file.</param>
/// <param name="PackageId">The package's name.</param>
/// <param name="Version">The package's version; <see langword="null"/> means the newest.</param>
internal sealed record PluginSupply(PluginSupplyKind Kind, string? Path, string? PackageId, string? Version)
{
    /// <summary>Reads what the user gave: a folder or a file that is there, or else the name of a package.</summary>
    /// <exception cref="Settings.UsageException">It is neither.</exception>
    public static PluginSupply Parse(string text, string? version)
    {
        var path = System.IO.Path.GetFullPath(text);
        var extension = System.IO.Path.GetExtension(text).ToLowerInvariant();
        var isFile = extension is ".zip" or ".nupkg";
        if (version is not null && (isFile || Directory.Exists(path)))
            throw new Settings.UsageException($"--version \"{version}\" has no meaning for \"{text}\", which has one version; leave it out");
        if (Directory.Exists(path))
            return new PluginSupply(PluginSupplyKind.Folder, path, null, null);
        if (isFile && !File.Exists(path))
            throw new Settings.UsageException($"\"{text}\" is not there; give a package's name, a .nupkg, a .zip or a folder");
        if (isFile)
            return extension == ".zip" ? new PluginSupply(PluginSupplyKind.Archive, path, null, null) : PackageFile.Read(path);
        var parts = text.Split('@');
        if (parts.Length > 2 || !PackageFile.IsId(parts[0]) || (parts.Length == 2 && version is not null) || !(version ?? parts.ElementAtOrDefault(1) ?? "1").All(IsOfAVersion))
            throw new Settings.UsageException($"\"{text}\" is neither there nor the name of a package; give for example Acme.Etcd, Acme.Etcd@1.2.0, acme.etcd.1.2.0.nupkg, acme.zip or a folder");
        return new PluginSupply(PluginSupplyKind.Package, null, parts[0], version ?? parts.ElementAtOrDefault(1));
    }

    private static bool IsOfAVersion(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '+' or '*';
}
