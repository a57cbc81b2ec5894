using System.Buffers.Binary;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Reflection.Metadata;

namespace VpcRouter.Tests.Plugins.Fixtures;

/// <summary>Makes another version of an assembly that was built: the same code under another number.</summary>
internal static class AssemblyVersions
{
    /// <returns>The copy's path.</returns>
    public static string CopyAs(Version version, string assembly, string folder)
    {
        var bytes = File.ReadAllBytes(assembly);
        int row;
        using (var image = new PEReader(new MemoryStream(bytes)))
            row = image.PEHeaders.MetadataStartOffset + image.GetMetadataReader().GetTableMetadataOffset(TableIndex.Assembly);
        // ECMA-335, II.22.2: the row begins with the hash algorithm (four bytes); then come major, minor, build and revision, two bytes each.
        int[] parts = [version.Major, version.Minor, version.Build, 0];
        for (var i = 0; i < parts.Length; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(row + 4 + 2 * i), (ushort)parts[i]);
        Directory.CreateDirectory(folder);
        var copy = Path.Combine(folder, Path.GetFileName(assembly));
        File.WriteAllBytes(copy, bytes);
        return copy;
    }
}
