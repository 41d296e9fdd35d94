using System.Buffers.Binary;
using System.IO.Compression;
using TokenLedger.Packing;

namespace TokenLedger.Functions.Tests.Packing;

public sealed class PackageZipTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("tokenledger-pack-").FullName;

    [Fact]
    public void The_package_has_everything_at_its_root_and_a_handler_that_may_run()
    {
        var zip = Pack("one");
        using var archive = ZipFile.OpenRead(zip);
        Assert.Equal(
            ["CollectRun/function.json", "GitHubWebhook/function.json", "host.json", "libe_sqlite3.so", "tokenledger-functions"],
            archive.Entries.Select(entry => entry.FullName));
        Assert.All(archive.Entries, entry => Assert.Equal(
            entry.Name == "tokenledger-functions" ? "100755" : "100644",
            Convert.ToString((entry.ExternalAttributes >> 16) & 0xFFFF, 8)));
        Assert.All(archive.Entries, entry => Assert.Equal(new DateTime(1980, 1, 1), entry.LastWriteTime.DateTime));
        Assert.All(Creators(File.ReadAllBytes(zip)), creator => Assert.Equal(3, creator));
        if (!OperatingSystem.IsWindows())
            Assert.True(File.GetUnixFileMode(Path.Combine(root, "one", "tokenledger-functions")).HasFlag(UnixFileMode.OtherExecute));
    }

    [Fact]
    public void The_same_files_make_the_same_zip() =>
        Assert.Equal(File.ReadAllBytes(Pack("one")), File.ReadAllBytes(Pack("two")));

    [Fact]
    public void Without_the_handler_there_is_no_package()
    {
        var failure = Assert.Throws<InvalidDataException>(() => PackageFolder.Write(root, root, "host.json", Path.Combine(root, "p")));
        Assert.Contains("tokenledger-functions", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string Pack(string name)
    {
        var source = Path.Combine(root, name + "-source");
        Write(source, "published/tokenledger-functions", new string('x', 10_000));
        Write(source, "published/libe_sqlite3.so", "native");
        Write(source, "published/tokenledger-functions.pdb", "left out");
        Write(source, "functions/GitHubWebhook/function.json", "{}");
        Write(source, "functions/CollectRun/function.json", "{}");
        Write(source, "host.json", "{}");
        var package = Path.Combine(root, name);
        PackageFolder.Write(
            Path.Combine(source, "published"), Path.Combine(source, "functions"), Path.Combine(source, "host.json"), package);
        PackageZip.Write(package, package + ".zip");
        return package + ".zip";
    }

    private static void Write(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    // The high byte of "version made by" of every central header, found as a reader finds it: from the end.
    private static List<byte> Creators(byte[] zip)
    {
        var end = zip.AsSpan(zip.Length - 22);
        var at = BinaryPrimitives.ReadInt32LittleEndian(end[16..]);
        var creators = new List<byte>();
        for (var entry = 0; entry < BinaryPrimitives.ReadInt16LittleEndian(end[10..]); entry++)
        {
            creators.Add(zip[at + 5]);
            at += 46
                + BinaryPrimitives.ReadInt16LittleEndian(zip.AsSpan(at + 28))
                + BinaryPrimitives.ReadInt16LittleEndian(zip.AsSpan(at + 30))
                + BinaryPrimitives.ReadInt16LittleEndian(zip.AsSpan(at + 32));
        }

        return creators;
    }
}
