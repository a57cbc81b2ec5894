using System.IO.Compression;
using System.Security;

namespace VpcRouter.Tests.Plugins.Fixtures;

/// <summary>Makes NuGet packages and archives.</summary>
internal static class PackageMaker
{
    /// <param name="folder">Where to.</param>
    /// <param name="id">The package's name.</param>
    /// <param name="version">Its version.</param>
    /// <param name="assembly">The assembly in it, if any.</param>
    /// <param name="dependencies">Names and versions of the packages it needs.</param>
    /// <returns>The package's path.</returns>
    public static string Pack(string folder, string id, string version, string? assembly, params (string Id, string Version)[] dependencies)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{id}.{version}.nupkg");
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        if (assembly is null)
            archive.CreateEntry("lib/net10.0/_._");
        else
            archive.CreateEntryFromFile(assembly, $"lib/net10.0/{Path.GetFileName(assembly)}");
        using var manifest = new StreamWriter(archive.CreateEntry(id + ".nuspec").Open());
        manifest.Write($"""
            <?xml version="1.0" encoding="utf-8"?>
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata>
                <id>{SecurityElement.Escape(id)}</id><version>{version}</version><authors>Acme</authors><description>For a test.</description>
                <dependencies><group targetFramework="net10.0">{string.Concat(dependencies.Select(dependency => $"<dependency id=\"{dependency.Id}\" version=\"{dependency.Version}\" />"))}</group></dependencies>
              </metadata>
            </package>
            """);
        return path;
    }

    /// <returns>The archive's path.</returns>
    public static string Zip(string path, params (string Name, byte[] Content)[] entries)
    {
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, content) in entries)
        {
            var entry = archive.CreateEntry(name);
            // As an archive made of files that everybody may write.
            entry.ExternalAttributes = Convert.ToInt32("100666", 8) << 16;
            using var stream = entry.Open();
            stream.Write(content);
        }

        return path;
    }
}
