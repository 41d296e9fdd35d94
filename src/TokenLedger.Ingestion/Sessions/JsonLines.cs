using System.Text.Json;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>Reads a companion file of JSON lines, one at a time in bounded memory.</summary>
internal static class JsonLines
{
    // Session events carry tool output; the engines cut it far below this.
    private const int MaximumLineBytes = 16 * 1024 * 1024;
    private const int FirstBufferBytes = 64 * 1024;

    /// <summary>Gives each line that is a JSON object to the handler, with its number from 1.</summary>
    public static LineCounts Read(
        EvidenceFile file,
        Func<long, JsonElement, LineOutcome> handle,
        Action<InputProblem> onProblem,
        CancellationToken cancellation)
    {
        var counts = default(LineCounts);
        try
        {
            using var stream = file.OpenRead();
            var buffer = new byte[FirstBufferBytes];
            var (start, end, number, isSkipping) = (0, 0, 0L, false);
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                var newline = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
                if (newline >= 0)
                {
                    if (!isSkipping)
                        counts += One(file, ++number, buffer.AsMemory(start, newline), isCut: false, handle, onProblem);
                    isSkipping = false;
                    start += newline + 1;
                    continue;
                }

                if (isSkipping)
                    end = start = 0;
                (buffer, start, end) = MakeRoom(buffer, start, end);
                if (end == buffer.Length)
                {
                    onProblem(new InputProblem(file.Path, ++number, EvidenceCodes.LineTooLong,
                        "The line is over 16 MiB and was left out; check where the file comes from."));
                    counts += new LineCounts(0, 0, 1, 0);
                    isSkipping = true;
                    start = end = 0;
                }

                var read = stream.Read(buffer, end, buffer.Length - end);
                if (read > 0)
                {
                    end += read;
                    continue;
                }

                var rest = isSkipping ? default : buffer.AsMemory(start, end - start);
                return rest.IsEmpty
                    ? counts
                    : counts + One(file, number + 1, rest, isCut: true, handle, onProblem);
            }
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            onProblem(new InputProblem(file.Path, null, EvidenceCodes.Unreadable,
                "The file cannot be read to its end; what came before was taken. Fetch it again."));
            return counts;
        }
    }

    private static (byte[] Buffer, int Start, int End) MakeRoom(byte[] buffer, int start, int end)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            return (buffer, 0, end - start);
        }

        if (end == buffer.Length && buffer.Length < MaximumLineBytes)
            Array.Resize(ref buffer, buffer.Length * 2);
        return (buffer, start, end);
    }

    private static LineCounts One(
        EvidenceFile file,
        long number,
        ReadOnlyMemory<byte> line,
        bool isCut,
        Func<long, JsonElement, LineOutcome> handle,
        Action<InputProblem> onProblem)
    {
        if (number == 1 && line.Span.StartsWith("\uFEFF"u8))
            line = line[3..];
        if (line.Span.Trim(" \t\r"u8).IsEmpty)
            return new LineCounts(0, 0, 0, 1);
        var message = "The line is no JSON object; it was left out.";
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 64 });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return handle(number, document.RootElement) switch
                {
                    LineOutcome.Accepted => new LineCounts(1, 0, 0, 0),
                    LineOutcome.Duplicate => new LineCounts(0, 1, 0, 0),
                    _ => new LineCounts(0, 0, 1, 0),
                };
            }
        }
        catch (JsonException) when (isCut)
        {
            onProblem(new InputProblem(file.Path, number, EvidenceCodes.LineCut,
                "The last line is cut off; fetch the file again if the run has ended."));
            return new LineCounts(0, 0, 1, 0);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // InvalidOperation: a name or text that is looked at is not UTF-8 or escapes half a surrogate pair.
            message = "The line is not valid JSON; it was left out. Fetch the file again.";
        }
        catch (FormatException fault)
        {
            onProblem(new InputProblem(file.Path, number, EvidenceCodes.WrongFigure,
                $"The line's {fault.Message} is no count of tokens; it was left out."));
            return new LineCounts(0, 0, 1, 0);
        }

        onProblem(new InputProblem(file.Path, number, EvidenceCodes.LineNotJson, message));
        return new LineCounts(0, 0, 1, 0);
    }
}
