using System.Text.Json;

namespace TokenLedger.Ingestion.Evidence;

/// <summary>Reads a companion file that is one JSON document.</summary>
internal static class CompanionDocument
{
    // The largest companion seen (models.json with every live price) is under 1 MiB.
    private const int MaximumBytes = 16 * 1024 * 1024;

    /// <summary>The document; null after reporting why there is none.</summary>
    public static JsonDocument? Read(EvidenceFile file, Action<InputProblem> onProblem, int maximumBytes = MaximumBytes)
    {
        try
        {
            using var stream = file.OpenRead();
            using var buffer = new MemoryStream();
            var block = new byte[32 * 1024];
            int read;
            while ((read = stream.Read(block)) > 0)
            {
                if (buffer.Length + read > maximumBytes)
                {
                    onProblem(new InputProblem(file.Path, null, EvidenceCodes.FileTooLarge,
                        "The file is larger than any real one of its kind; check where it comes from."));
                    return null;
                }

                buffer.Write(block, 0, read);
            }

            ReadOnlyMemory<byte> bytes = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
            if (bytes.Span.StartsWith("\uFEFF"u8))
                bytes = bytes[3..];
            return JsonText.Parse(bytes.ToArray(), maximumDepth: 64);
        }
        catch (JsonException fault)
        {
            onProblem(new InputProblem(file.Path, fault.LineNumber + 1, EvidenceCodes.FileNotJson,
                "The file is not valid JSON; fetch it again."));
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            onProblem(new InputProblem(file.Path, null, EvidenceCodes.Unreadable,
                "The file cannot be read; check its permissions or fetch it again."));
        }

        return null;
    }
}
