using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Copies a shared library with one version need of its dynamic section marked weak (VER_FLG_WEAK): the loader then warns
/// nowhere and fails nowhere when the system's library lacks that version. Compiled by MSBuild, see UAmtfl.Native.targets.</summary>
/// <remarks>libLibTorchSharp.so needs GLIBCXX_3.4.32 for _ZSt21ios_base_library_initv alone, a link-time marker that no relocation
/// refers to. Layout of the sections: ELF-64 gABI, and «Linux Standard Base, symbol versioning».</remarks>
public sealed class WeakenVersionNeed : Task
{
    private const uint VerneedSection = 0x6ffffffe;   // SHT_GNU_verneed
    private const byte Weak = 2;                      // VER_FLG_WEAK

    private byte[] file;

    [Required]
    public string Source { get; set; }

    [Required]
    public string Destination { get; set; }

    [Required]
    public string Version { get; set; }

    public override bool Execute()
    {
        file = File.ReadAllBytes(Source);
        if (file.Length < 64 || file[0] != 0x7F || file[1] != 'E' || file[2] != 'L' || file[3] != 'F' || file[4] != 2 || file[5] != 1)
        {
            Log.LogError(null, "UAMT0002", null, Source, 0, 0, 0, 0, "not a little-endian ELF-64 library; restore the packages again");
            return false;
        }

        int sections = Offset(0x28), size = BitConverter.ToUInt16(file, 0x3A), count = BitConverter.ToUInt16(file, 0x3C), weakened = 0;
        for (int i = 0; i < count; i++)
        {
            int section = sections + i * size;
            if (BitConverter.ToUInt32(file, section + 4) == VerneedSection)
            {
                int strings = Offset(sections + Word(section + 40) * size + 24);
                weakened += WeakenAll(Offset(section + 24), Word(section + 44), strings);
            }
        }

        Write();
        Log.LogMessage(MessageImportance.Normal, "{0} need(s) of {1} made weak in {2}", weakened, Version, Destination);
        return true;
    }

    /// <summary>Walks the needed libraries, and of each the needed versions.</summary>
    private int WeakenAll(int library, int libraries, int strings)
    {
        int weakened = 0;
        for (int k = 0; k < libraries; k++)
        {
            int versions = BitConverter.ToUInt16(file, library + 2), need = library + Word(library + 8);
            for (int j = 0; j < versions; j++)
            {
                if (IsVersion(strings + Word(need + 8)))
                {
                    file[need + 4] |= Weak;
                    weakened++;
                }

                need += Word(need + 12);
            }

            library += Word(library + 12);
        }

        return weakened;
    }

    private bool IsVersion(int name)
    {
        byte[] wanted = Encoding.ASCII.GetBytes(Version + "\0");
        for (int i = 0; i < wanted.Length; i++)
        {
            if (file[name + i] != wanted[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Through a temporary name: builds of several projects may write the same file at once.</summary>
    private void Write()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Destination));
        string temporary = Destination + "." + Guid.NewGuid().ToString("N");
        File.WriteAllBytes(temporary, file);
        File.Delete(Destination);
        File.Move(temporary, Destination);
    }

    private int Offset(int at)
    {
        return (int)BitConverter.ToInt64(file, at);
    }

    private int Word(int at)
    {
        return (int)BitConverter.ToUInt32(file, at);
    }
}
