using System.Text;
using System.Xml;
using System.Xml.Linq;
using Azure;

namespace TokenLedger.Storage.Azure.Requests;

/// <summary>XML of the services: read without DTD or outside references, written without a byte order mark.</summary>
internal static class XmlBody
{
    public static XElement Read(Response response)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        using var reader = XmlReader.Create(response.Content.ToStream(), settings);
        return XDocument.Load(reader).Root ?? throw new InvalidDataException("The service sent XML without a root.");
    }

    /// <exception cref="ArgumentException">A text has a character that XML cannot hold.</exception>
    public static ReadOnlyMemory<byte> Write(XElement root)
    {
        var buffer = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };
        using (var writer = XmlWriter.Create(buffer, settings))
            root.Save(writer);
        return buffer.ToArray();
    }
}
