using System.Text;

namespace TokenLedger.Storage.Sqlite.Archive;

/// <summary>
/// The hashes of a run's archived files, beside them in the form that <c>sha256sum --check</c> reads. A cache: a file
/// that it does not name, because it is still being hashed or the process was killed in between, is hashed again.
/// </summary>
internal static class HashIndex
{
    public const string FileName = ".sha256";

    private const int HashCharacters = 64;

    /// <summary>Hash by relative path. Torn lines are left out.</summary>
    public static Dictionary<string, string> Read(string folder)
    {
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return hashes;
        // Somebody may be adding a line at the moment.
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        var lines = text.Split('\n');
        // The part behind the last line feed is empty, or the line that a killed process left half-written.
        foreach (var line in lines.Take(lines.Length - 1))
        {
            if (line.Length > HashCharacters + 2 && line[HashCharacters] == ' ' && line[HashCharacters + 1] == ' ')
                hashes[line[(HashCharacters + 2)..]] = line[..HashCharacters];
        }

        return hashes;
    }

    /// <summary>Adds a line. Only with the folder's lock held.</summary>
    public static void Append(string folder, string relativePath, string hash)
    {
        using var stream = new FileStream(
            Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var isTorn = false;
        if (stream.Length > 0)
        {
            stream.Seek(-1, SeekOrigin.End);
            isTorn = stream.ReadByte() != '\n';
        }

        stream.Write(Encoding.UTF8.GetBytes($"{(isTorn ? "\n" : "")}{hash}  {relativePath}\n"));
        stream.Flush(flushToDisk: true);
    }
}
