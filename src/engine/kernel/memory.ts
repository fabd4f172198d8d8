/** Where everything stands in the kernel's memory: for both sides, so this file is TypeScript as well as AssemblyScript. */

/** The fields of a record: Int32 key, start and end, Uint8 type and escaped, FIELDS_MAX places each. */
export const FIELDS_MAX = 512;
/** Both halves of the hash of the message just read, Uint32. */
export const HASH_LOW = 1008;
export const HASH_HIGH = 1012;
/** The last step of the record just read, Uint32. */
export const LAST_STEP = 1020;
export const KEY = 1024;
export const START = KEY + FIELDS_MAX * 4;
export const END = START + FIELDS_MAX * 4;
export const TYPE = END + FIELDS_MAX * 4;
export const ESCAPED = TYPE + FIELDS_MAX;

/** Places in a step, all Uint32: the first step after it, the next one beside it, the length of its text… */
export const FIRST = 0;
export const NEXT = 4;
export const LENGTH = 8;
/** 0 in the last step of a record, which has no value. */
export const KEY_NUMBER = 12;
export const IS_STRING = 16;
export const LAYOUT = 20;
/** Of a last step: its plan, or 0. */
export const PLAN = 24;
/** Sixteen bytes with all bits set where the last block of the text counts; then the text in blocks of sixteen. */
export const LAST_BLOCK = 32;
export const TEXT = 48;

/** Places in a plan, Int32 unless said: whose it is, fields by their position (-1: none), numbers to use instead. */
export const OWNER = 0;
export const TIME_AT = 4;
export const LEVEL_AT = 8;
export const LEVEL = 12;
export const SERVICE_AT = 16;
export const SERVICE = 20;
export const MESSAGE_AT = 24;
export const SHAPE = 28;
export const DURATION_AT = 32;
export const LAYOUT_NUMBER = 36;
/** Milliseconds in one unit, Float64. */
export const UNIT = 40;
/** What tells its level words from those of plans that read them otherwise. */
export const LEVEL_SEED = 48;
export const IDS = 52;
/** Of each id, four Uint32: position of the field, number of the key, least length, nothing. */
export const IDS_AT = 64;
/** Of one plan. */
export const MOST_IDS = 64;

/** Places in the plan of a text format, all Uint32: whose it is, the plan of the format tried next (0: none)… */
export const PATTERN_OWNER = 0;
export const PATTERN_NEXT = 4;
/** …its program… */
export const PATTERN_CODE = 8;
export const PATTERN_TABLES = 12;
export const PATTERN_TEXT = 16;
export const PATTERN_FIRST = 20;
export const PATTERN_SLOTS = 24;
/** …whether lines of the format may become rows, the number of its layout, and the seed of its level words. */
export const PATTERN_KNOWN = 28;
export const PATTERN_LAYOUT = 32;
export const PATTERN_SEED = 36;
/** The service of lines that name none; all bits set as long as that is not known. */
export const PATTERN_SERVICE = 40;
export const PATTERN_GROUPS = 44;
/** Of each group that says something, three Uint32: its slot, its role, the number of its key. */
export const PATTERN_GROUPS_AT = 48;
export const GROUP_SIZE = 12;
export const ROLE_TIME = 1;
export const ROLE_LEVEL = 2;
export const ROLE_SERVICE = 3;
export const ROLE_MESSAGE = 4;
export const ROLE_ID = 5;

/** The seed of names that are services; those of levels count from 1. */
export const SERVICES = 0;
/** Seeds of keys in messages: before what looks like an id, and before what does not. */
export const KEYS_OF_IDS = 0x10000;
export const KEYS_OF_OTHERS = 0x10001;
/** Of keys in objects of JSON that end a message. */
export const KEYS_OF_TAILS = 0x10002;
/** The value of a key whose values are no ids; any other is the key's number. */
export const NEVER_IDS = 0xfffffffe;
/** From here on, the seeds of level words of text formats. */
export const TEXT_LEVELS = 0x20000;

/** Tables that answer what a value means: emptied together when another file has its turn. */
export const TABLES = 1146880;
/** Names (services, level words): Uint32 hash, length and value, then sixteen bytes free and NAME_MAX of text. */
export const NAMES = TABLES;
export const NAME_SLOTS = 1024;
export const NAME_MAX = 64;
export const NAME_SIZE = 96;
/** Minutes: Uint32 length and end of the fraction, Float64 microseconds, then the text. */
export const MINUTES = NAMES + NAME_SLOTS * NAME_SIZE;
export const MINUTE_SLOTS = 64;
export const MINUTE_SIZE = 64;
export const MINUTE_TEXT = 16;
/** Shapes: Uint32 low and high half of the hash, number counted from 1. */
export const SHAPES = MINUTES + MINUTE_SLOTS * MINUTE_SIZE;
export const SHAPE_SLOTS = 16384;
export const SHAPE_SIZE = 12;
/** Messages without variables: Uint32 length and shape, then MESSAGE_MAX of text. */
export const MESSAGES = SHAPES + SHAPE_SLOTS * SHAPE_SIZE;
export const MESSAGE_SLOTS = 1024;
export const MESSAGE_MAX = 112;
export const MESSAGE_SIZE = 128;
export const TABLES_END = MESSAGES + MESSAGE_SLOTS * MESSAGE_SIZE;

/** What a byte is to a word (templates/shape.ts), 256 of them. */
export const KIND = TABLES_END;

/** Rows: Float64 time, Uint32 offset and line, Float32 duration, Uint16 service, shape and layout, Uint8 level. */
export const ROWS_MAX = 1024;
export const ROW_TIME = KIND + 256;
export const ROW_OFFSET = ROW_TIME + ROWS_MAX * 8;
export const ROW_LINE = ROW_OFFSET + ROWS_MAX * 4;
export const ROW_DURATION = ROW_LINE + ROWS_MAX * 4;
export const ROW_SERVICE = ROW_DURATION + ROWS_MAX * 4;
export const ROW_SHAPE = ROW_SERVICE + ROWS_MAX * 2;
export const ROW_LAYOUT = ROW_SHAPE + ROWS_MAX * 2;
export const ROW_LEVEL = ROW_LAYOUT + ROWS_MAX * 2;
/** Ids of the rows: Uint32 row, start, end, number of the key and hash of the bytes. */
export const IDS_MAX = 4096;
export const ID_ROW = ROW_LEVEL + ROWS_MAX;
export const ID_START = ID_ROW + IDS_MAX * 4;
export const ID_END = ID_START + IDS_MAX * 4;
export const ID_KEY = ID_END + IDS_MAX * 4;
export const ID_HASH = ID_KEY + IDS_MAX * 4;
/** Their numbers, each once in a row: Uint32 number of the id and of the key; Uint8 how many a row has. */
export const PAIR_ID = ID_HASH + IDS_MAX * 4;
export const PAIR_KEY = PAIR_ID + IDS_MAX * 4;
export const ROW_IDS = PAIR_KEY + IDS_MAX * 4;
/** Uint8 whether a row is of a text format. */
export const ROW_IS_TEXT = ROW_IDS + ROWS_MAX;

/** Which bytes are of words to a pattern's `\b`, and which of keys to logfmt: 256 of each. */
export const WORDS_SET = ROW_IS_TEXT + ROWS_MAX;
export const PAIR_KEYS = WORDS_SET + 256;
/** What the groups of the line just matched hold: Uint32 begin and end of each, all bits set where it took no part. */
export const SLOTS_MAX = 128;
export const SLOTS = PAIR_KEYS + 256;
/** Where matching may go on otherwise: three Uint32 an entry, and room for the entry that is one too many. */
export const STACK = SLOTS + SLOTS_MAX * 4;
export const STACK_MAX = 24576;
/** What in the message just hashed may be an id: Uint32 begin and end, begin and end of its key, and whether only the key says so. */
export const FOUND_MAX = 16;
export const FOUND_SIZE = 20;
export const FOUND = STACK + STACK_MAX + 16;

/** A copy of a record that stands elsewhere than in the chunk. */
export const COPY = FOUND + FOUND_MAX * FOUND_SIZE;
export const COPY_MAX = 65536;
/** Blocks of sixteen bytes are read, so something must stand behind the last. */
export const MARGIN = 64;
/** The chunk of the file that is being read. */
export const CHUNK = COPY + COPY_MAX + MARGIN;
export const CHUNK_BYTES = 1048576;

/** The ids of a segment: slots of two Uint32, the hash and the spelling counted from 1 (0: free)… */
export const SPELLINGS_MAX = 131072;
export const ID_SLOTS = CHUNK + CHUNK_BYTES + MARGIN;
export const ID_SLOTS_FIRST = 4096;
export const ID_SLOTS_MAX = SPELLINGS_MAX * 2;
/** …of each spelling, Uint32 begin of its bytes (and behind the last, of the next), hash and number of the id… */
export const SPELLING_START = ID_SLOTS + ID_SLOTS_MAX * 8;
export const SPELLING_HASH = SPELLING_START + (SPELLINGS_MAX + 1) * 4;
export const SPELLING_ID = SPELLING_HASH + SPELLINGS_MAX * 4;
/** …of each id, Uint32 its first spelling; of each spelling, Uint8 whether it is surely as ids are compared… */
export const FIRST_SPELLING = SPELLING_ID + SPELLINGS_MAX * 4;
export const SPELLING_PLAIN = FIRST_SPELLING + (SPELLINGS_MAX + 1) * 4;
/** …and the bytes. Such a spelling is at most so long. */
export const ID_LONGEST = 256;
export const ID_ARENA = SPELLING_PLAIN + SPELLINGS_MAX;
export const ID_ARENA_MAX = 6291456;
export const MEMORY_BYTES = ID_ARENA + ID_ARENA_MAX + MARGIN;

/** Where steps and plans are written, one behind the other. */
export const STEPS = 16384;
export const STEPS_END = TABLES;
