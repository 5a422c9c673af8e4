/** A name of letters that every file system takes. */
export const fileName = (text: string): string => text.replace(/[^\w.-]+/g, '_');

/** An ISO time as the digits of a file name, to the millisecond. */
export const stampOf = (time: string): string => time.replace(/\D/g, '').slice(0, 17);
